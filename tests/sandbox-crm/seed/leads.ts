import { LEAD_STATUSES, RATINGS, SOURCES } from '../org/schema/picklists.ts';
import type { Row } from '../org/table.ts';
import { countryOf } from './countries.ts';
import { inventJob, inventPerson } from './people.ts';
import { fictionalPhone } from './phones.ts';
import { share } from './seed-context.ts';
import type { SeedContext, SeededAccount } from './seed-context.ts';

const OPEN_STATUSES = LEAD_STATUSES.map((entry) => entry.value).filter((value) => value !== 'Closed - Converted');

/** Leads, a third of them at the domains of accounts, some already converted. */
export function seedLeads(context: SeedContext, accounts: readonly SeededAccount[], contacts: Map<string, Row[]>): Row[] {
  const { org, random, options, users, stamp } = context;
  return Array.from({ length: share(options.leads, accounts.length, 0.26) }, (_, n) => {
    const near = random.chance(1 / 3) ? random.pick(accounts) : undefined;
    const country = countryOf(near?.countryCode ?? random.pick(['US', 'DE', 'GB', 'FR', 'JP', 'BR', 'SE', 'PL']));
    const person = inventPerson(random, country.names);
    const domain = near?.domain ?? `prospect-${n + 1}.example`;
    const person1 = contacts.get(near?.row.Id ?? '')?.[0];
    const converted = near && person1 && random.chance(0.25);
    return org.insert('Lead', {
      FirstName: person.first,
      LastName: person.last,
      Salutation: person.salutation,
      Company: near ? String(near.row.Name) : `Prospect ${n + 1} ${random.pick(['Ltd', 'GmbH', 'Inc.', 'SA'])}`,
      Title: inventJob(random).title,
      Email: random.chance(0.85) ? `${person.mailbox}.lead@${domain}` : null,
      Website: random.chance(0.6) ? `https://www.${domain}` : null,
      Phone: random.chance(0.5) ? fictionalPhone(random, country.dial) : null,
      City: random.pick(country.cities),
      Country: country.name,
      Status: converted ? 'Closed - Converted' : (random.pick(OPEN_STATUSES) ?? 'Open - Not Contacted'),
      Rating: random.chance(0.5) ? (random.pick(RATINGS) ?? null) : null,
      LeadSource: random.pick(SOURCES) ?? null,
      IsConverted: Boolean(converted),
      ConvertedDate: converted ? stamp().slice(0, 10) : null,
      ConvertedAccountId: converted ? near.row.Id : null,
      ConvertedContactId: converted ? person1.Id : null,
      HasOptedOutOfEmail: random.chance(0.02),
      CurrencyIsoCode: country.currency,
      OwnerId: random.pick(users) ?? org.userId,
      CreatedDate: stamp(),
    });
  });
}
