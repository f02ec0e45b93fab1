/** Result sets of queries that did not fit on one page, kept until they are two days old. */
import { DAY } from '../org/wire-time.ts';
import type { QueryResult } from './run-query.ts';

interface Kept {
  result: QueryResult;
  pageSize: number;
  at: number;
}

export interface Cursors {
  /** @returns the cursor's name, such as `0r8xx5R2yF2gs3VASQ` */
  keep(result: QueryResult, pageSize: number, now: number): string;
  find(name: string, now: number): Kept | undefined;
  /** Forgets all of them, as after two days. */
  expire(): void;
}

const LIFETIME = 2 * DAY;
/** More than any test leaves open; the oldest go first. */
const MOST = 500;

export function createCursors(): Cursors {
  const kept = new Map<string, Kept>();
  let counter = 0;
  return {
    keep(result, pageSize, now) {
      const name = `0r8xx${(++counter).toString(36).padStart(8, '0').toUpperCase()}SandQ`;
      kept.set(name, { result, pageSize, at: now });
      const [oldest] = kept.keys();
      if (kept.size > MOST && oldest !== undefined) kept.delete(oldest);
      return name;
    },
    find(name, now) {
      const found = kept.get(name);
      return found && now - found.at < LIFETIME ? found : undefined;
    },
    expire: () => kept.clear(),
  };
}
