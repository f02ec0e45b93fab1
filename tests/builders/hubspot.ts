import type { Connector, Session } from '@/lib/connectors/connector';
import { createHubspotConnector } from '@/lib/connectors/hubspot';
import { signInByToken } from '@/lib/connectors/hubspot/auth';
import { createEgress } from '@/lib/egress/egress';
import { createHubspotSandbox, type HubspotOptions, type HubspotSandbox } from '../sandbox-crm/hubspot/sandbox.ts';

/** The extension's HubSpot connector against the sandbox, in one process, through the real egress. */
export interface HubspotTest {
  sandbox: HubspotSandbox;
  connector: Connector;
  session: Session;
  /** Milliseconds that were waited, wait by wait. */
  waits: number[];
}

async function abortable(answer: Promise<Response>, signal: AbortSignal | null | undefined): Promise<Response> {
  signal?.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  signal?.addEventListener('abort', () => aborted.reject(signal.reason), { once: true });
  return Promise.race([answer, aborted.promise]);
}

/** A connected connector on a sandbox made with these options. */
export async function hubspotTest(
  options: HubspotOptions = {},
  test: { beforeRequest?: (request: string) => unknown; onWait?: (ms: number) => unknown } = {},
): Promise<HubspotTest> {
  const sandbox = createHubspotSandbox(options);
  const egress = createEgress({
    async fetch(url, init) {
      await test.beforeRequest?.(`${init.method} ${new URL(url).pathname}`);
      return abortable(sandbox.fetch(url, { ...init, signal: null }), init.signal);
    },
    origins: () => [sandbox.origin],
  });
  const { session } = await signInByToken(sandbox.settings.token, () => egress);
  const waits: number[] = [];
  const sleep = async (ms: number, signal: AbortSignal) => {
    signal.throwIfAborted();
    waits.push(ms);
    sandbox.store.clock.advance(ms);
    await test.onWait?.(ms);
    signal.throwIfAborted();
  };
  const sessions = { load: async () => session, save: async () => undefined };
  const connector = createHubspotConnector({ connectionId: 'c1', session, sessions, egress, sleep });
  return { sandbox, connector, session, waits };
}
