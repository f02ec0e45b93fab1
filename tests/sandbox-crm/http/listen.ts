/** The sandbox on a real port. */
import { createServer as createHttpsServer } from 'node:https';
import { createAdaptorServer } from '@hono/node-server';
import type { ServerType } from '@hono/node-server';

export interface ListenOptions {
  /** 0, the default, is any free port. */
  port?: number;
  hostname?: string;
  /** Certificate and key; without them the sandbox speaks plain http. */
  tls?: { key: string; cert: string };
}

export interface Listening {
  url: string;
  port: number;
  close(): Promise<void>;
}

/** What the server gives along with a request; `cut` closes the connection it came by. */
export type Serve = (request: Request, cut: () => void) => Promise<Response>;

export async function listen(serve: Serve, { port = 0, hostname = '127.0.0.1', tls }: ListenOptions): Promise<Listening> {
  const server: ServerType = createAdaptorServer({
    fetch: (request, { incoming }) => serve(request, () => incoming.socket.destroy()),
    overrideGlobalObjects: false,
    ...(tls ? { createServer: createHttpsServer, serverOptions: tls } : {}),
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, hostname, resolve);
  });
  const address = server.address();
  const bound = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `${tls ? 'https' : 'http'}://${hostname}:${bound}`,
    port: bound,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}
