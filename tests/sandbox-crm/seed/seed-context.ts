/** What the parts of the seed share. */
import type { Org } from '../org/org.ts';
import type { Row } from '../org/table.ts';
import type { Random } from './random.ts';
import type { SeedOptions } from './seed-options.ts';

export interface SeedContext {
  org: Org;
  random: Random;
  options: SeedOptions;
  users: readonly string[];
  /** A moment at which some record was last changed. */
  stamp(): string;
}

/** An Account with what the other records need of it. */
export interface SeededAccount {
  row: Row;
  domain: string;
  countryCode: string;
}

/** A number of records in proportion to the accounts, unless the caller fixed it. */
export const share = (fixed: number | undefined, accounts: number, perAccount: number): number =>
  fixed ?? Math.round(accounts * perAccount);
