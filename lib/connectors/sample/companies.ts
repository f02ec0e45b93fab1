import accounts from './companies.txt?raw';
import leads from './lead-companies.txt?raw';

/** A real company: public facts only. */
export interface Company {
  name: string;
  /** Registrable domain of its website. */
  domain: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  industry: string;
}

const companiesIn = (list: string): Company[] =>
  list
    .trim()
    .split('\n')
    .map((line) => {
      const [name = '', domain = '', country = '', industry = ''] = line.split('|');
      return { name, domain, country, industry };
    });

/** Companies that are Accounts of the sample. Source: see NOTICE.md. */
export const accountCompanies = (): Company[] => companiesIn(accounts);

/** Companies that the sample knows by a Lead alone. */
export const leadCompanies = (): Company[] => companiesIn(leads);
