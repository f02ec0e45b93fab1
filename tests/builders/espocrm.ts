import type { Connector, Session } from '@/lib/connectors/connector';
import { createEspoConnector } from '@/lib/connectors/espocrm';
import { signInByKey } from '@/lib/connectors/espocrm/auth';
import { createEgress } from '@/lib/egress/egress';
import { createEspoSandbox, type EspoOptions, type EspoSandbox } from '../sandbox-crm/espocrm/sandbox.ts';

/** The extension's EspoCRM connector against the sandbox, in one process, through the real egress. */
export interface EspoTest {
  sandbox: EspoSandbox;
  connector: Connector;
  session: Session;
  /** Milliseconds that were waited, wait by wait. */
  waits: number[];
}

/** What fetch does when its signal is aborted. */
async function abortable(answer: Promise<Response>, signal: AbortSignal | null | undefined): Promise<Response> {
  signal?.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  signal?.addEventListener('abort', () => aborted.reject(signal.reason), { once: true });
  return Promise.race([answer, aborted.promise]);
}

/** A connected connector on a sandbox made with these options. */
export async function espoTest(
  options: EspoOptions = {},
  test: { beforeRequest?: (request: string) => unknown; onWait?: (ms: number) => unknown } = {},
): Promise<EspoTest> {
  const sandbox = createEspoSandbox(options);
  const egress = createEgress({
    async fetch(url, init) {
      const { pathname, search } = new URL(url);
      await test.beforeRequest?.(`${init.method} ${pathname}${decodeURIComponent(search)}`);
      return abortable(sandbox.fetch(url, { ...init, signal: null }), init.signal);
    },
    origins: () => [sandbox.origin],
  });
  const { session } = await signInByKey(sandbox.base, sandbox.settings.apiKey, () => egress);
  const waits: number[] = [];
  const sleep = async (ms: number, signal: AbortSignal) => {
    signal.throwIfAborted();
    waits.push(ms);
    sandbox.store.clock.advance(ms);
    await test.onWait?.(ms);
    signal.throwIfAborted();
  };
  const sessions = { load: async () => session, save: async () => undefined };
  const connector = createEspoConnector({ connectionId: 'c1', session, sessions, egress, sleep });
  return { sandbox, connector, session, waits };
}
