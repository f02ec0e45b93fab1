/**
 * Loaded into every program of the CLI before its own code: writes down whom it wants to reach, and lets it reach this
 * machine only. It sees what goes through Node (connections and name look-ups), in worker threads and children too.
 */
import dns from 'node:dns';
import { appendFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1']);

/** @returns whether it may go there */
function allowed(host: string, port: string | number): boolean {
  appendFileSync(process.env.CONTACTS_FILE ?? '', `${host}:${port}\n`);
  return LOOPBACK.has(host);
}

const refusal = (host: string) =>
  Object.assign(new Error(`${host} is not part of this test`), { code: 'ECONNREFUSED', syscall: 'connect' });

/** Where a call of `socket.connect` leads, in all the forms it has; undefined for a pipe on this machine. */
function targetOf([first, second]: readonly unknown[]): { host: string; port: string | number } | undefined {
  const options: unknown = Array.isArray(first) ? first[0] : first;
  if (typeof options === 'object' && options !== null) {
    const { host, port, path } = options as { host?: string; port?: string | number; path?: string };
    return path ? undefined : { host: host ?? 'localhost', port: port ?? '' };
  }
  if (typeof options === 'string' && !/^\d+$/.test(options)) return undefined;
  return { host: typeof second === 'string' ? second : 'localhost', port: String(options) };
}

net.Socket.prototype.connect = new Proxy(net.Socket.prototype.connect, {
  apply(connect, socket: net.Socket, args) {
    const target = targetOf(args);
    if (!target || allowed(target.host, target.port)) return Reflect.apply(connect, socket, args);
    queueMicrotask(() => socket.destroy(refusal(target.host)));
    return socket;
  },
});

for (const [owner, settle] of [
  [dns, (args: readonly unknown[], error: Error) => (args.at(-1) as (error: Error) => void)(error)],
  [dns.Resolver.prototype, (args: readonly unknown[], error: Error) => (args.at(-1) as (error: Error) => void)(error)],
  [dns.promises, (_: readonly unknown[], error: Error) => Promise.reject(error)],
  [dns.promises.Resolver.prototype, (_: readonly unknown[], error: Error) => Promise.reject(error)],
] as const) {
  const asks = Object.getOwnPropertyNames(owner).filter((name) => /^(lookup|resolve|reverse)/.test(name));
  for (const name of asks) {
    const ask: unknown = Reflect.get(owner, name);
    if (typeof ask !== 'function') continue;
    Reflect.set(
      owner,
      name,
      new Proxy(ask, {
        apply: (target, self, args) =>
          allowed(String(args[0]), 'name') ? Reflect.apply(target, self, args) : settle(args, refusal(String(args[0]))),
      }),
    );
  }
}
syncBuiltinESMExports();
