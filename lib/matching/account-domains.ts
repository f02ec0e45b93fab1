import type { AccountFields, FieldValue, LeadFields } from '@/lib/crm/records';
import { mailDomain } from './mail-domains';
import type { Site } from './site-identity';
import { type Addresses, addressesIn } from './website-field';

/** What of an Account says where it is on the web. `custom` are the fields that the user has added to the copy. */
export interface OnTheWeb {
  fields: Pick<AccountFields, 'website'>;
  custom?: Record<string, FieldValue>;
}

/** Added fields that hold further sites of the Account itself, by the CRM's name: `Domains__c`, `Other_Website__c`. */
const OF_ITS_OWN =
  /^(?:(?:other|additional|alternat(?:e|ive)|second(?:ary)?|further|more|company|corporate|web|e?mail)_?)*(?:domains?|websites?|sites?|urls?)_?\d*(?:__c)?$/i;

/** An added field counts for pages on platforms whatever its name: no company keeps another one's page with its own Account. */
const LOOKS_LIKE_A_PAGE = /[a-z]\.[a-z]{2,}\/\S/i;

/** The sites that a website field names, however it was typed. */
export function sitesIn(website: string | null): Site[] {
  return addressesIn(website).sites;
}

/** Every site and platform page of an Account: its website, and added fields that hold more of them. */
export function addressesOf({ fields, custom = {} }: OnTheWeb): Addresses {
  const found = addressesIn(fields.website);
  for (const [name, value] of Object.entries(custom)) {
    if (typeof value !== 'string') continue;
    const more = OF_ITS_OWN.test(name) || LOOKS_LIKE_A_PAGE.test(value) ? addressesIn(value) : null;
    if (more && OF_ITS_OWN.test(name)) {
      found.sites.push(...more.sites);
      found.paths.push(...more.paths);
    }
    if (more) found.pages.push(...more.pages);
  }
  return found;
}

/** The registrable domains under which an Account is found. */
export function accountDomains(account: OnTheWeb): string[] {
  return [...new Set(addressesOf(account).sites.map((site) => site.domain))];
}

/** The registrable domain a Lead belongs to: its website's, else its e-mail's unless that is a mail provider's. */
export function leadDomain(lead: Pick<LeadFields, 'website' | 'email'>): string | null {
  const [website] = sitesIn(lead.website);
  return website ? website.domain : mailDomain(lead.email);
}
