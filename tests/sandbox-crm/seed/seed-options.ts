/** How large the org is and what it is made of. */
export interface SeedOptions {
  /** Same seed, same org. */
  seed: number;
  /** How many of the real companies become Accounts; all when left out. */
  accounts?: number;
  /** Further Accounts with invented names at invented `*.example` domains, for orgs larger than the list. */
  syntheticAccounts?: number;
  /** On average; 3 when left out. */
  contactsPerAccount?: number;
  /** Exactly so many, spread over the accounts, instead. */
  contacts?: number;
  /** As many as suit the number of accounts when left out. */
  leads?: number;
  opportunities?: number;
  tasks?: number;
}
