import type { RecordStore } from '@/lib/storage/record-store';
import { type Best, type Candidate, compareScores, compareStanding, createBest, nameOf } from './best';
import { judge } from './judge';
import { parseQuery, type Query } from './query';
import { type Hit, scanBeginnings, scanTypos } from './scan';
import { SEARCHED, type SearchedKind, type SearchedRecord, searchLine, shortOf, standingOf } from './search-line';

/** What is searched, and for whom. */
export interface SearchContext {
  store: Pick<RecordStore, 'lines' | 'lookUp' | 'at'>;
  /** The user's id in the CRM; null when it is not known. */
  me?: string | null;
  objects?: readonly SearchedKind[];
}

export interface FoundRecord {
  record: SearchedRecord;
  /** As `judge` gives it: lower is better. */
  score: number;
}

interface Found {
  record: SearchedRecord;
  candidate: Candidate;
}

/** Typos are looked for where fewer were found without: more than these would hide what was meant, and cost half of the time. */
const ENOUGH = 5;
/** Records that are read at once, a few more than fit in a list. */
const READ_AT_ONCE = 24;

/**
 * At most `most` records that have every word of `text` as a word, as the beginning of one, or, where there are few of those,
 * with a small typo; best first. What
 * the lines name is read and judged again, so that a line that is older than its record shows nothing wrong. Empty when there is
 * nothing to look for. @throws AppError `vault.tampered`
 */
export async function findRecords(text: string, context: SearchContext, most: number): Promise<FoundRecord[]> {
  const query = parseQuery(text);
  if (!query) return [];
  const dead = new Set<string>();
  for (;;) {
    const best = createBest();
    await collect(scanBeginnings, query, context, best, dead);
    let found = await readAgain(best.sorted(), query, context, most);
    if (found.length < Math.min(ENOUGH, most)) {
      await collect(scanTypos, query, context, best, dead);
      found = await readAgain(best.sorted(), query, context, most);
    }
    const alive = new Set(found.map(({ candidate }) => nameOf(candidate)));
    const gone = best.sorted().filter((one) => !alive.has(nameOf(one)));
    // When the best were mostly stale, others that were left out may be right.
    if (found.length >= most || !best.isCut() || gone.length === 0)
      return found.map(({ record, candidate }) => ({ record, score: candidate.score }));
    for (const one of gone) dead.add(nameOf(one));
  }
}

async function collect(
  scan: (text: string, query: Query) => Iterable<Hit>,
  query: Query,
  { store, me = null, objects = SEARCHED }: SearchContext,
  best: Best,
  dead: ReadonlySet<string>,
): Promise<void> {
  for (const object of objects) {
    for await (const lines of store.lines(object)) {
      for (const { line, score } of scan(lines, query)) {
        if (!best.takes(score)) continue;
        const candidate = candidateOf(object, line, score, me);
        if (!dead.has(nameOf(candidate))) best.add(candidate);
      }
    }
  }
}

function candidateOf(object: SearchedKind, line: string, score: number, me: string | null): Candidate {
  const standing = standingOf(line);
  return { ...standing, object, score, mine: me !== null && standing.owner === shortOf(me) };
}

/** The records of the best candidates as they are now, and only those that still answer the query. */
async function readAgain(candidates: readonly Candidate[], query: Query, context: SearchContext, most: number): Promise<Found[]> {
  const { store, me = null } = context;
  const unique = [...new Map(candidates.map((one) => [nameOf(one), one])).values()];
  const found: Found[] = [];
  for (let from = 0; from < unique.length && found.length < most; from += READ_AT_ONCE) {
    const part = unique.slice(from, from + READ_AT_ONCE);
    const idsOf = (object: SearchedKind) => part.flatMap((one) => (one.object === object ? [one.id] : []));
    const read = await Promise.all(SEARCHED.map((object) => store.lookUp(object, idsOf(object))));
    for (const record of read.flat() as SearchedRecord[]) {
      const line = searchLine(record);
      const score = line === null ? null : (judge(line, query, false) ?? judge(line, query, true));
      if (line !== null && score !== null) found.push({ record, candidate: candidateOf(record.object, line, score, me) });
    }
  }
  const deals = await accountsWithDeals(found, store);
  const deal = ({ id }: Candidate) => Number(deals.has(id));
  const inOrder = found.sort(
    ({ candidate: a }, { candidate: b }) => compareScores(a, b) || deal(b) - deal(a) || compareStanding(a, b),
  );
  return inOrder.slice(0, most);
}

/** More are not seen without scrolling, and each is read from the disk. */
const MOST_ASKED_FOR_DEALS = 8;

/** Those of the first Accounts that have an open Opportunity; asked only of those that it would bring before another one. */
async function accountsWithDeals(found: readonly Found[], store: SearchContext['store']): Promise<Set<string>> {
  const accounts = found
    .filter(({ record }) => record.object === 'account')
    .map(({ candidate }) => candidate)
    .slice(0, MOST_ASKED_FOR_DEALS);
  const tied = accounts.filter((one) => accounts.some((other) => other !== one && compareScores(one, other) === 0));
  const deals = await Promise.all(tied.map(({ id }) => store.at('opportunity', id)));
  return new Set(tied.flatMap(({ id }, index) => (deals[index]?.some(({ fields }) => !fields.closed) ? [id] : [])));
}
