import { grantedAccess } from '@/lib/browser/host-access';
import { runtimeFacts } from '@/lib/browser/self';
import type { Handlers } from '@/lib/messaging/router';
import { type Part, reportText } from '@/lib/privacy/diagnostics';
import { firstBreak } from '@/lib/privacy/processing-log';
import type { PolicyStore } from '@/lib/settings/policy-store';
import type { SettingsStore } from '@/lib/settings/settings';
import type { Clock } from '@/lib/shared/clock';
import { toAppError } from '@/lib/shared/errors';
import type { ConnectionEntry } from '@/lib/storage/connection-list';
import type { Vault } from '@/lib/vault/vault';
import type { Connections } from './connections';
import { connectionFacts } from './diagnostics-facts';
import type { Outboxes } from './outboxes';
import type { ProcessingLogs } from './processing-logs';
import type { Protecting } from './protecting';
import { decisionsOf } from './site-matching';

interface Options {
  clock: Clock;
  settings: Pick<SettingsStore, 'get'>;
  policy: Pick<PolicyStore, 'get' | 'ignored'>;
  vault: Pick<Vault, 'protection'>;
  connections: Pick<Connections, 'entries' | 'get'>;
  protecting: Pick<Protecting, 'change'>;
  outboxes: Pick<Outboxes, 'of'>;
  logs: Pick<ProcessingLogs, 'load'>;
  /** What the browser says of itself and of what it allows. */
  browser?: { runtime: typeof runtimeFacts; access: typeof grantedAccess };
}

/** Asks everything for its figures. What cannot be had is a code in the report, never a missing report. */
export function createDiagnosticsHandlers(options: Options): Pick<Handlers, 'diagnostics.make'> {
  const { clock, settings, policy, vault, connections, protecting, outboxes, logs } = options;
  const { runtime, access } = options.browser ?? { runtime: runtimeFacts, access: grantedAccess };
  async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
    const start = performance.now();
    const result = await work();
    return [result, Math.round(performance.now() - start)];
  }

  async function ofConnection(entry: ConnectionEntry): Promise<object> {
    const troubles: { part: Part; code: string }[] = [];
    async function attempt<T>(part: Part, work: () => Promise<T>): Promise<T | null> {
      try {
        return await work();
      } catch (error) {
        troubles.push({ part, code: toAppError(error).code });
        return null;
      }
    }
    const opened = await attempt('open', () => timed(() => connections.get(entry.id)));
    if (!opened) return connectionFacts(entry, { troubles }, clock.now());
    const [live, openMs] = opened;
    const { copy, runner } = live;
    const log = await attempt('log', () => logs.load(live));
    return connectionFacts(
      entry,
      {
        troubles,
        live,
        openMs,
        log,
        isLogWhole: log && (await attempt('log', async () => (await firstBreak(log)) === null)),
        counted: await attempt('counts', () => timed(() => copy.store.counts())),
        bytes: await attempt('bytes', () => copy.bytesUsed()),
        status: await attempt('status', () => runner.status()),
        runs: await attempt('history', () => runner.history()),
        selection: await attempt('selection', () => runner.selection()),
        decided: await attempt('decisions', () => decisionsOf(live)),
        outbox: await attempt('outbox', () => outboxes.of(live).box.list()),
      },
      clock.now(),
    );
  }

  return {
    async 'diagnostics.make'() {
      const [chosen, settingsMs] = await timed(settings.get);
      const [entries, connectionsMs] = await timed(connections.entries);
      const [facts, granted, protection, rules, ignored] = await Promise.all([
        runtime(),
        access(),
        vault.protection(),
        policy.get(),
        policy.ignored(),
      ]);
      const isAll = (origin: string) => /^https?:\/\/\*\/|^<all_urls>$/.test(origin);
      const isSalesforce = (origin: string) => /\.salesforce\.com\//.test(origin);
      const hosts = granted.origins.filter((origin) => !isAll(origin));
      const never = new Set<string>();
      const reports: object[] = [];
      for (const entry of entries) {
        reports.push(await ofConnection(entry));
        const decided = await connections
          .get(entry.id)
          .then(decisionsOf)
          .catch(() => null);
        for (const kind of decided?.never ?? []) never.add(kind);
      }
      return {
        text: reportText({
          sidelight: 'diagnostics',
          format: 1,
          version: facts.version,
          browser: {
            family: facts.family,
            version: facts.major,
            language: ['en', 'de'].includes(facts.language) ? facts.language : 'other',
          },
          system: facts.system,
          protection: {
            mode: protection.mode,
            derivation: protection.mode === 'passphrase' ? protection.kdf.name : null,
            passkeys: protection.mode === 'passphrase' ? protection.passkeys.length : 0,
            changing: protecting.change() !== null,
          },
          settings: {
            idleMinutes: chosen.idleMinutes,
            keepDays: chosen.keepDays,
            syncHours: chosen.syncHours,
            overlay: chosen.overlay,
            partsMoved: chosen.sidebar.order.length,
            partsFolded: chosen.sidebar.closed.length,
            setup: chosen.setup,
            never: [...never],
          },
          policy: {
            set: Object.entries(rules).flatMap(([key, value]) => (isSet(value) ? [key] : [])),
            ignored: ignored.length,
          },
          permissions: {
            allSites: granted.origins.some(isAll),
            named: granted.permissions,
            crmHosts: hosts.filter(isSalesforce).length,
            otherHosts: hosts.filter((origin) => !isSalesforce(origin)).length,
          },
          timings: { settingsMs, connectionsMs },
          connections: reports,
        }),
      };
    },
  };
}

/** Whether the organisation has set something: nothing and an empty list leave it to the user. */
function isSet(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return value !== null && (typeof value !== 'object' || Object.keys(value).length > 0);
}
