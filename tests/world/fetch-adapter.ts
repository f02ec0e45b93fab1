import type { IncomingMessage, ServerResponse } from 'node:http';

/** Answers one host. The same shape as Hono's `app.fetch`, so that a whole server can stand behind a name. */
export type HostHandler = (request: Request) => Response | Promise<Response>;

/** Thrown by a handler, or by the stream of its body, to cut the connection as a crashed server would. */
export class DropConnection extends Error {
  override readonly name = 'DropConnection';
}

/**
 * Runs `handler` for a Node request and writes its answer, chunk by chunk as the stream gives them.
 *
 * Not `@hono/node-server`: that one turns a body that fails half-way into a tidy 500, and a body cut in the middle is one
 * of the faults this world is for.
 */
export async function answerWith(handler: HostHandler, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  try {
    await write(await handler(await toRequest(incoming, outgoing)), outgoing);
  } catch (error) {
    if (error instanceof DropConnection || outgoing.headersSent) {
      incoming.socket.destroy();
      return;
    }
    console.error(`${incoming.headers.host ?? ''} failed on ${incoming.url ?? ''}:`, error);
    outgoing.writeHead(500, { 'cache-control': 'no-store' }).end('the handler of this host failed');
  }
}

async function toRequest(incoming: IncomingMessage, outgoing: ServerResponse): Promise<Request> {
  const scheme = 'encrypted' in incoming.socket ? 'https' : 'http';
  const method = incoming.method ?? 'GET';
  const headers = new Headers();
  for (const [name, values] of Object.entries(incoming.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value);
  }
  const gone = new AbortController();
  outgoing.once('close', () => {
    if (!outgoing.writableFinished) gone.abort();
  });
  const url = new URL(incoming.url ?? '/', `${scheme}://${incoming.headers.host ?? 'localhost'}`);
  if (method === 'GET' || method === 'HEAD') return new Request(url, { method, headers, signal: gone.signal });
  return new Request(url, { method, headers, signal: gone.signal, body: Buffer.concat(await incoming.toArray()) });
}

async function write(response: Response, outgoing: ServerResponse): Promise<void> {
  const headers: [string, string | string[]][] = [];
  for (const [name, value] of response.headers) if (name !== 'set-cookie') headers.push([name, value]);
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) headers.push(['set-cookie', cookies]);
  outgoing.writeHead(response.status, Object.fromEntries(headers));
  if (response.body === null) {
    outgoing.end();
    return;
  }
  outgoing.flushHeaders();
  for await (const chunk of response.body) {
    if (!outgoing.write(chunk)) await drained(outgoing);
    if (outgoing.destroyed) return;
  }
  outgoing.end();
}

function drained(outgoing: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      outgoing.off('drain', done).off('close', done);
      resolve();
    };
    outgoing.once('drain', done).once('close', done);
  });
}
