import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { createSecureContext } from 'node:tls';
import { selfSignedCertificate } from './certificate.ts';
import { answerWith, type HostHandler } from './fetch-adapter.ts';
import { RequestLog, type WorldRequest } from './request-log.ts';

export { DropConnection, type HostHandler } from './fetch-adapter.ts';

export interface WorldServer {
  readonly port: number;
  /** What the browser is to trust, see certificate.ts. */
  readonly spki: string;
  readonly log: RequestLog;
  close(): Promise<void>;
}

export interface WorldServerOptions {
  /** Who answers for a host name (lower case, no port). `undefined` makes the host a stranger. */
  readonly handlerFor: (host: string) => HostHandler | undefined;
  /** Names for the certificate, for other clients; the browser of the test world does not insist on them. */
  readonly hosts?: readonly string[];
  /** Also told of every request as it comes in. */
  readonly onRequest?: (request: WorldRequest) => void;
}

const TLS_HANDSHAKE = 0x16;

/**
 * The whole internet of the test world: one port that speaks HTTPS and HTTP and answers by the Host header.
 *
 * One port, because the browser is told to map every name to a single address and port, whatever the scheme: the first
 * byte of a connection says which of the two it speaks.
 */
export async function startWorldServer(options: WorldServerOptions): Promise<WorldServer> {
  const log = new RequestLog();
  const certificate = await selfSignedCertificate(options.hosts ?? []);
  const context = createSecureContext({ key: certificate.key, cert: certificate.cert });
  const answer = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const { host } = record(incoming, options, log);
    void answerWith(options.handlerFor(host) ?? (() => refusal(host)), incoming, outgoing);
  };
  // Called as soon as the browser has named the host, so that an attempt counts even if no request follows.
  const SNICallback = (host: string, done: (error: null, secure: typeof context) => void) => {
    log.contacts.push({ time: Date.now(), host: host.toLowerCase() });
    done(null, context);
  };
  const plain = createHttpServer(answer);
  const secure = createHttpsServer({ key: certificate.key, cert: certificate.cert, SNICallback }, answer);
  const hangUp = (message: IncomingMessage, socket: { destroy(): void }) => {
    record(message, options, log);
    socket.destroy();
  };
  for (const server of [plain, secure]) {
    server.keepAliveTimeout = 0; // the browser decides when a connection ends; tests close the whole world at once
    server.on('upgrade', hangUp).on('connect', hangUp); // WebSockets and tunnels: attempts too, and nobody here speaks them
    server.on('clientError', (_error, socket) => socket.destroy());
  }
  const sockets = new Set<Socket>();
  const front = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.once('readable', () => {
      const first: unknown = socket.read(1);
      if (!(first instanceof Uint8Array) || first.length === 0) return;
      socket.unshift(first);
      (first[0] === TLS_HANDSHAKE ? secure : plain).emit('connection', socket);
    });
  });
  await new Promise<void>((resolve, reject) => {
    front.once('error', reject);
    front.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (front.address() as AddressInfo).port,
    spki: certificate.spki,
    log,
    close: () =>
      new Promise((resolve) => {
        front.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function refusal(host: string): Response {
  return new Response(`${host} is not part of this world`, { status: 421, headers: { 'cache-control': 'no-store' } });
}

function record(message: IncomingMessage, options: WorldServerOptions, log: RequestLog): WorldRequest {
  const headers = Object.fromEntries(
    Object.entries(message.headersDistinct).map(([name, all]) => [name, (all ?? []).join(', ')]),
  );
  const host = (headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
  const entry: WorldRequest = {
    time: Date.now(),
    scheme: 'encrypted' in message.socket ? 'https' : 'http',
    host,
    method: message.method ?? 'GET',
    path: message.url ?? '/',
    known: options.handlerFor(host) !== undefined,
    origin: headers.origin,
    referer: headers.referer,
    site: headers['sec-fetch-site'],
    mode: headers['sec-fetch-mode'],
    dest: headers['sec-fetch-dest'],
    headers,
  };
  log.requests.push(entry);
  options.onRequest?.(entry);
  return entry;
}
