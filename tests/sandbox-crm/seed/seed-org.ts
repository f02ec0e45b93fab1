/** Fills an empty org with a sales team's data: real company names, everything else made up. */
import type { Org } from '../org/org.ts';
import { seedAccounts } from './accounts.ts';
import { seedContacts } from './contacts.ts';
import { seedLeads } from './leads.ts';
import { seedOpportunities } from './opportunities.ts';
import { createRandom } from './random.ts';
import type { SeedContext } from './seed-context.ts';
import type { SeedOptions } from './seed-options.ts';
import { seedSetup } from './setup.ts';
import { createStamps } from './stamps.ts';
import { seedTasks } from './tasks.ts';

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
