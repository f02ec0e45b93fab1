import MiniSearch from 'minisearch';
import type { CrmRecord } from '@/lib/crm/records';
import { placement } from '@/lib/matching/placement';
import { findRecords } from '@/lib/search/find-records';
import { fold } from '@/lib/search/fold';
import { SEARCH_LINES } from '@/lib/search/search-line';
import { browserBuckets } from '@/lib/storage/bucket';
import { createConnectionCopy, openConnectionCopy } from '@/lib/storage/connection-copy';
import { record } from '../../builders/records';
import csv from '../../sandbox-crm/data/demo-accounts.csv?raw';

/** Runs inside the browser: a search over the sealed copy, over all its records one by one, and over an index in memory. */
const BATCH = 20_000;
const OPENINGS = 15;
const SHOWN = 20;

const NAMES = csv
  .split('\n')
  .slice(1)
  .map((line) => (line.split(',')[0] ?? '').replaceAll('"', ''))
  .filter((name) => name.length > 3);
const CITIES = ['Berlin', 'Lyon', 'Göteborg', 'Austin', 'Osaka', 'Leeds', 'Porto', 'Kraków'];

/** Real names, and from the second round on with a place and a number, as branches are called. */
function account(n: number): CrmRecord<'account'> {
  const name = NAMES[n % NAMES.length] ?? '';
  const round = Math.floor(n / NAMES.length);
  const label =
    fold(name)
      .replace(/[^a-z0-9]+/g, '')
      .slice(0, 20) || 'company';
  return record('account', `001${String((n * 2654435761) % 1e15).padStart(15, '0')}`, {
    name: round === 0 ? name : `${name} ${CITIES[round % CITIES.length]} ${round}`,
    website: `https://www.${label}${round || ''}.com`,
    phone: `+49 30 ${4_000_000 + n}`,
    city: CITIES[n % CITIES.length] ?? null,
  });
}

/** As it is typed: letter by letter from the second on. */
const typing = (text: string) => Array.from({ length: Math.max(0, text.length - 1) }, (_, index) => text.slice(0, index + 2));
const WORDS = [1, 500, 1200, 2222, 3001, 4004, 5000].map((n) => fold(NAMES[n % NAMES.length] ?? '').slice(0, 9));
/** The third letter and the next one swapped. */
const wrong = (text: string) => text.slice(0, 2) + (text[3] ?? '') + (text[2] ?? '') + text.slice(4);

const percentile = (times: number[], share: number) => [...times].sort((a, b) => a - b)[Math.floor(times.length * share)] ?? 0;
const summary = (times: number[]) => ({ p50: percentile(times, 0.5), p95: percentile(times, 0.95) });

async function timesOf(queries: readonly string[], work: (query: string) => Promise<unknown> | unknown): Promise<number[]> {
  const times: number[] = [];
  for (const query of queries) {
    const from = performance.now();
    await work(query);
    times.push(performance.now() - from);
  }
  return times;
}

Object.assign(globalThis, {
  async benchSearch(count: number) {
    const buckets = browserBuckets();
    const name = 'bench-search';
    await buckets.delete(name);
    let share: string | null = null;
    const shares = {
      load: async () => share,
      save: async (value: string) => {
        share = value;
      },
    };
    const open = (create: boolean, withLines = true) =>
      (create ? createConnectionCopy : openConnectionCopy)({
        buckets,
        name,
        shares,
        anchor: { load: async () => 0, save: async () => undefined },
        marks: { load: async () => new Map<string, number>(), save: async () => undefined },
        connectionId: name,
        secret: { mode: 'device' },
        placement: withLines ? { ...placement, lines: SEARCH_LINES } : placement,
      });
    const copy = await open(true, false);
    const all: CrmRecord<'account'>[] = [];
    for (let at = 0; at < count; at += BATCH) {
      const upserts = Array.from({ length: Math.min(BATCH, count - at) }, (_, n) => account(at + n));
      all.push(...upserts);
      await copy.store.apply({ object: 'account', upserts, deletions: [], newBefore: '9999' }, null);
    }
    await copy.store.compact();
    const bytesWithout = await copy.bytesUsed();
    copy.close();
    const lined = await open(false);
    const storing = performance.now();
    await lined.store.compact();
    const stored = performance.now() - storing;
    const bytes = await lined.bytesUsed();
    lined.close();

    const cold: number[] = [];
    for (let n = 0; n < OPENINGS; n += 1) {
      const again = await open(false);
      await again.store.counts();
      const from = performance.now();
      const found = await findRecords(WORDS[n % WORDS.length] ?? '', { store: again.store }, SHOWN);
      cold.push(performance.now() - from);
      if (found.length === 0) throw new Error('nothing found');
      again.close();
    }
    const { store, close } = await open(false);
    const search = (query: string) => findRecords(query, { store }, SHOWN);
    await search('warm');
    const warm = summary(await timesOf(WORDS.flatMap(typing), search));
    const typos = summary(await timesOf(WORDS.map(wrong), search));
    const scan = summary(
      await timesOf(WORDS.slice(0, 2), async (query) => {
        const found: string[] = [];
        for await (const group of store.all('account')) {
          for (const { id, fields } of group) if (` ${fold(fields.name)}`.includes(` ${query}`)) found.push(id);
        }
        return found;
      }),
    );
    const building = performance.now();
    const mini = new MiniSearch({
      fields: ['name', 'website', 'phone'],
      processTerm: (term) => fold(term),
      searchOptions: { prefix: true, combineWith: 'AND', fuzzy: (term) => (term.length > 7 ? 2 : term.length > 3 ? 1 : 0) },
    });
    mini.addAll(all.map(({ id, fields }) => ({ id, ...fields })));
    const built = performance.now() - building;
    const other = (query: string) => mini.search(query).slice(0, SHOWN);
    const miniWarm = summary(await timesOf(WORDS.flatMap(typing), other));
    const miniTypos = summary(await timesOf(WORDS.map(wrong), other));
    close();
    await buckets.delete(name);
    return { cold: summary(cold), warm, typos, scan, stored, bytes, bytesWithout, built, miniWarm, miniTypos };
  },
});
