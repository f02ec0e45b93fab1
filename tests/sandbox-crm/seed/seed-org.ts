/** Fills an empty org with a sales team's data: real company names, everything else made up. */
import type { Org } from '../org/org.ts';
import type { Row } from '../org/table.ts';
import { seedAccounts } from './accounts.ts';
import { seedContacts } from './contacts.ts';
import { seedLeads } from './leads.ts';
import { seedOpportunities } from './opportunities.ts';
import { createRandom } from './random.ts';
import type { Random } from './random.ts';
import type { SeedOptions } from './seed-options.ts';
import { seedSetup } from './setup.ts';
import { createStamps } from './stamps.ts';
import { seedTasks } from './tasks.ts';

/** What the parts of the seed share. */
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

export function seedOrg(org: Org, options: SeedOptions): void {
  const random = createRandom(options.seed);
  const users = seedSetup(org);
  const context: SeedContext = { org, random, options, users, stamp: createStamps(random, org.clock.now()) };
  const accounts = seedAccounts(context);
  const contacts = seedContacts(context, accounts);
  const leads = seedLeads(context, accounts, contacts);
  const opportunities = seedOpportunities(context, accounts, contacts);
  seedTasks(context, { accounts, contacts, leads, opportunities });
}

/** A number of records in proportion to the accounts, unless the caller fixed it. */
export const share = (fixed: number | undefined, accounts: number, perAccount: number): number =>
  fixed ?? Math.round(accounts * perAccount);
