import type { SeedOptions } from './seed-options.ts';

/**
 * An org of exactly so many records, for measurements: 2 Accounts to 5 Contacts, 1 Lead, 1 Opportunity and 1 Task.
 * @param records in all, a multiple of 10
 */
export function orgOf(records: number): Omit<SeedOptions, 'seed'> {
  const tenth = records / 10;
  return {
    accounts: 0,
    syntheticAccounts: 2 * tenth,
    contacts: 5 * tenth,
    leads: tenth,
    opportunities: tenth,
    tasks: tenth,
  };
}

/** An org of so many Accounts and nothing else. */
export function accountsAlone(accounts: number): Omit<SeedOptions, 'seed'> {
  return { accounts: 0, syntheticAccounts: accounts, contacts: 0, leads: 0, opportunities: 0, tasks: 0 };
}
