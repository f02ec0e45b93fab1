import { IDBFactory } from 'fake-indexeddb';
import type { LiveConnection } from '@/entrypoints/background/live-connection';
import { createDiagnosticsHandlers } from '@/entrypoints/background/diagnostics-handlers';
import { createProcessingLogs } from '@/entrypoints/background/processing-logs';
import { defaultSelection } from '@/lib/crm/selection';
import { createOutboxBox } from '@/lib/creation/outbox/outbox-box';
import { NO_POLICY } from '@/lib/settings/policy';
import { createSettings } from '@/lib/settings/settings';
import { AppError } from '@/lib/shared/errors';
import { createConnectionList } from '@/lib/storage/connection-list';
import { ConnectionDatabase } from '@/lib/storage/database';
import { type BoxName, createSealedBoxes, type SealedBoxes } from '@/lib/storage/sealed-boxes';
import { createSyncRunner } from '@/lib/sync/sync-runner';
import { createCipher } from '@/lib/vault/cipher';
import { fakeClock } from '../fakes/fake-clock';
import { memoryArea } from '../fakes/memory-area';
import { rootKey } from './keys';

interface Options {
  /** What the boxes hold, by name. */
  boxes?: Partial<Record<BoxName, unknown>>;
  /** What the extension's own storage holds. */
  local?: Record<string, unknown>;
  opens?: boolean;
  /** Thrown by whoever is asked for records. */
  failure?: unknown;
  host?: string;
  /** What the browser says of itself. */
  browser?: Partial<{
    version: string;
    language: string;
    system: string;
    family: string;
    origins: string[];
    permissions: string[];
  }>;
}

/** The handler that makes the report, on real stores with whatever is put into them. */
export async function diagnosticsScene(options: Options = {}): Promise<{ make(): Promise<string>; boxes: SealedBoxes }> {
  const clock = fakeClock();
  const { area, held } = memoryArea();
  Object.assign(held, options.local);
  const list = createConnectionList(area);
  const boxes = createSealedBoxes(
    new ConnectionDatabase(new IDBFactory()),
    createCipher(await rootKey(1)),
    'c1',
    list.marks('c1'),
  );
  for (const [name, value] of Object.entries(options.boxes ?? {})) await boxes.put(name as BoxName, value);
  const fail = () => Promise.reject(options.failure);
  const counts = options.failure === undefined ? async () => ({ account: 12, contact: 30 }) : fail;
  const store = { counts, writes: async () => 1, checkpoint: async () => null } as never;
  const runner = createSyncRunner({
    connectionId: 'c1',
    connector: {} as never,
    store,
    boxes,
    clock,
    withLease: (_, work) => work(),
    onStatus: () => undefined,
  });
  const live = {
    entry: { id: 'c1', crm: 'salesforce' },
    profile: { userName: 'Jo', orgName: 'Acme', host: options.host ?? 'acme--dev.sandbox.my.salesforce.com' },
    session: { fromTab: false },
    copy: { boxes, store, bytesUsed: options.failure === undefined ? async () => 12_300_000 : fail },
    runner: boxes
      ? { ...runner, selection: options.boxes?.selection ? runner.selection : async () => defaultSelection() }
      : runner,
  } as unknown as LiveConnection;
  const browser = { version: '0.1.0', family: 'chromium', major: 141, language: 'de', system: 'linux', ...options.browser };
  const handlers = createDiagnosticsHandlers({
    clock,
    settings: createSettings(area),
    policy: { get: async () => NO_POLICY, ignored: async () => [] },
    vault: { protection: async () => ({ mode: 'device' }) },
    connections: {
      entries: async () => [
        { id: 'c1', crm: 'salesforce', connectedAt: '2026-01-01T00:00:00Z', disconnecting: false, copy: 0, copiedAt: null },
      ],
      get: async () => {
        if (options.opens === false) throw new AppError('vault.tampered');
        return live;
      },
    },
    protecting: { change: () => null },
    outboxes: { of: () => ({ box: createOutboxBox(boxes, clock.now) }) as never },
    logs: createProcessingLogs(clock),
    browser: {
      runtime: async () => browser,
      access: async () => ({
        origins: options.browser?.origins ?? ['https://*/*', 'https://login.salesforce.com/*', 'https://crm.acme.com/*'],
        permissions: options.browser?.permissions ?? ['storage', 'cookies'],
      }),
    },
  });
  return { boxes, make: async () => (await handlers['diagnostics.make']({}, {} as never)).text };
}
