import { request as httpsRequest } from 'node:https';
import { connect } from 'node:tls';
import { Hono } from 'hono';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DropConnection, startWorldServer, type WorldServer } from '../../world/server.ts';

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers: Record<string, unknown>;
}

describe('the world server', () => {
  let server: WorldServer;

  beforeEach(async () => {
    const acme = new Hono();
    acme.get('/', (c) => c.text('Acme', 200, { 'x-url': c.req.url }));
    acme.post('/echo', async (c) => c.text(await c.req.text()));
    acme.get('/cookies', (c) => {
      c.header('set-cookie', 'a=1', { append: true });
      c.header('set-cookie', 'b=2', { append: true });
      return c.text('');
    });
    server = await startWorldServer({
      hosts: ['acme.example'],
      handlerFor: (host) => {
        if (host === 'acme.example') return (request) => acme.fetch(request);
        if (host === 'cut.example') return () => Promise.reject(new DropConnection());
        if (host === 'half.example') return halfAnswer;
        return undefined;
      },
    });
  });
  afterEach(() => server.close());

  it('answers for the host that was asked for, and tells the handler the full address', async () => {
    const answer = await ask('acme.example', '/?q=1');
    expect(answer).toMatchObject({ status: 200, body: 'Acme', headers: { 'x-url': 'https://acme.example/?q=1' } });
  });

  it('speaks plain HTTP on the same port', async () => {
    const answer = await fetch(`http://127.0.0.1:${server.port}/`);
    expect(answer.status).toBe(421);
    expect(server.log.requests[0]).toMatchObject({ scheme: 'http', host: '127.0.0.1' });
  });

  it('hands bodies to the handler and keeps several cookies apart', async () => {
    expect((await ask('acme.example', '/echo', 'POST', 'hello')).body).toBe('hello');
    expect((await ask('acme.example', '/cookies')).headers['set-cookie']).toEqual(['a=1', 'b=2']);
  });

  it('refuses a host nobody answers for and remembers it as a stranger', async () => {
    expect((await ask('tracker.example', '/pixel')).status).toBe(421);
    expect(server.log.strangers()).toMatchObject([{ host: 'tracker.example', path: '/pixel', known: false }]);
  });

  it('writes down when, where and from where every request came', async () => {
    await ask('acme.example', '/', 'GET', undefined, { origin: 'chrome-extension://abc', 'sec-fetch-site': 'none' });
    expect(server.log.requests).toMatchObject([
      {
        scheme: 'https',
        host: 'acme.example',
        method: 'GET',
        path: '/',
        known: true,
        origin: 'chrome-extension://abc',
        site: 'none',
      },
    ]);
    expect(server.log.to('acme.example')[0]?.time).toBeGreaterThan(Date.now() - 60_000);
  });

  it('counts a TLS greeting without a request as an attempt to reach the host', async () => {
    await new Promise<void>((resolve, reject) => {
      const socket = connect({ port: server.port, host: '127.0.0.1', servername: 'quiet.example', rejectUnauthorized: false });
      socket.on('secureConnect', () => {
        socket.destroy();
        resolve();
      });
      socket.on('error', reject);
    });
    expect(server.log.requests).toEqual([]);
    expect(server.log.hosts()).toEqual(['quiet.example']);
  });

  it('cuts the connection when a handler asks for it', async () => {
    await expect(ask('cut.example', '/')).rejects.toThrow(/socket hang up|ECONNRESET/);
  });

  it('cuts the connection in the middle of a body whose stream fails', async () => {
    await expect(ask('half.example', '/')).rejects.toThrow(/aborted|ECONNRESET|socket hang up/);
  });

  it('records WebSocket attempts and speaks none', async () => {
    const upgrade = { connection: 'Upgrade', upgrade: 'websocket' };
    await expect(ask('socket.example', '/live', 'GET', undefined, upgrade)).rejects.toThrow();
    expect(server.log.strangers()).toMatchObject([{ host: 'socket.example', path: '/live' }]);
  });

  function ask(host: string, path: string, method = 'GET', body?: string, headers: Record<string, string> = {}): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const target = { host: '127.0.0.1', port: server.port, path, method, servername: host, rejectUnauthorized: false };
      const request = httpsRequest({ ...target, agent: false, headers: { host, ...headers } }, (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text, headers: response.headers }));
        response.on('error', reject);
      });
      request.on('error', reject);
      request.end(body);
    });
  }
});

function halfAnswer(): Response {
  const chunks = [new TextEncoder().encode('{"records":[')];
  return new Response(
    new ReadableStream({
      pull(controller) {
        const chunk = chunks.shift();
        if (chunk === undefined) controller.error(new DropConnection());
        else controller.enqueue(chunk);
      },
    }),
    { headers: { 'content-type': 'application/json', 'content-length': '4000' } },
  );
}
