import type { CrmRecord } from '@/lib/crm/records';
import { evidenceFor } from '@/lib/matching/evidence';
import { countMatches } from '@/lib/matching/match-site';
import { placement } from '@/lib/matching/placement';
import { type Site, siteOf } from '@/lib/matching/site-identity';
import { browserBuckets } from '@/lib/storage/bucket';
import { createConnectionCopy, openConnectionCopy } from '@/lib/storage/connection-copy';
import { record } from '../../builders/records';

/** Runs inside the browser: how long a match takes in the sealed copy, by scanning all Accounts, and in a Map in memory. */
const BATCH = 20_000;
const QUESTIONS = 300;
const OPENINGS = 20;

const word = (n: number) => ((n * 2654435761) >>> 0).toString(36);
const hostOf = (n: number) => `www.${word(n)}-${n % 97}.com`;

function account(n: number): CrmRecord<'account'> {
  const name = `${word(n)} ${word(n + 7)} GmbH`;
  return record('account', `001${String(n).padStart(15, '0')}`, { name, website: `https://${hostOf(n)}/`, city: word(n % 500) });
}

function site(host: string): Site {
  const found = siteOf(`https://${host}/`);
  if (!found) throw new Error(`${host} is no site`);
  return found;
}

/** Every other question has no answer, as most sites have none. */
const questions = (count: number) =>
  Array.from({ length: QUESTIONS }, (_, n) => (n % 2 ? site(`www.unknown-${word(n)}.com`) : site(hostOf((n * 7919) % count))));

async function timesOf(work: (site: Site) => Promise<number> | number, sites: readonly Site[]): Promise<number[]> {
  const times: number[] = [];
  for (const [n, one] of sites.entries()) {
    const from = performance.now();
    const found = await work(one);
    times.push(performance.now() - from);
    if (found > 0 !== (n % 2 === 0)) throw new Error(`${one.host}: ${found} found`);
  }
  return times;
}

const percentile = (times: number[], share: number) => [...times].sort((a, b) => a - b)[Math.floor(times.length * share)] ?? 0;
const summary = (times: number[]) => ({ p50: percentile(times, 0.5), p95: percentile(times, 0.95) });

Object.assign(globalThis, {
  async benchMatch(count: number) {
    const buckets = browserBuckets();
    await buckets.delete('bench-match');
    let share: string | null = null;
    const shares = {
      load: async () => share,
      save: async (value: string) => {
        share = value;
      },
    };
    const anchor = { load: async () => 0, save: async () => undefined };
    const marks = { load: async () => new Map<string, number>(), save: async () => undefined };
    const secret = { mode: 'device' } as const;
    const name = 'bench-match';
    const open = (create: boolean) =>
      (create ? createConnectionCopy : openConnectionCopy)({
        buckets,
        name,
        shares,
        anchor,
        marks,
        connectionId: name,
        secret,
        placement,
      });
    const copy = await open(true);
    const inMemory = new Map<string, string>();
    const filling = performance.now();
    for (let at = 0; at < count; at += BATCH) {
      const upserts = Array.from({ length: Math.min(BATCH, count - at) }, (_, n) => account(at + n));
      for (const { id, fields } of upserts) inMemory.set(site(fields.website?.slice(8, -1) ?? '').domain, id);
      await copy.store.apply({ object: 'account', upserts, deletions: [], newBefore: '9999' }, null);
    }
    await copy.store.compact();
    const filled = performance.now() - filling;
    const sites = questions(count);
    const { store } = copy;
    const warm = summary(await timesOf((one) => countMatches(one, { store }), sites));
    const map = summary(await timesOf(({ domain }) => (inMemory.has(domain) ? 1 : 0), sites));
    const scan = summary(
      await timesOf(
        async (one) => {
          let found = 0;
          for await (const group of store.all('account')) found += group.filter((row) => evidenceFor(row, one)).length;
          return found;
        },
        sites.slice(0, count > 10_000 ? 1 : 3),
      ),
    );
    copy.close();
    const cold: number[] = [];
    for (let n = 0; n < OPENINGS; n += 1) {
      const from = performance.now();
      const again = await open(false);
      await countMatches(sites[n] ?? site('a.com'), { store: again.store });
      cold.push(performance.now() - from);
      again.close();
    }
    await buckets.delete('bench-match');
    return { warm, map, scan, cold: summary(cold), filled };
  },
});
