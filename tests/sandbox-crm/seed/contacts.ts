import type { Row } from '../org/table.ts';
import { countryOf } from './countries.ts';
import { inventJob, inventPerson } from './people.ts';
import { fictionalPhone } from './phones.ts';
import type { Random } from './random.ts';
import type { SeedContext, SeededAccount } from './seed-context.ts';

/** @returns the contacts of each account, by its id */
export function seedContacts(context: SeedContext, accounts: readonly SeededAccount[]): Map<string, Row[]> {
  const { random, options } = context;
  const mean = options.contactsPerAccount ?? 3;
  const exact = options.contacts === undefined ? undefined : spread(random, options.contacts, accounts.length);
  const all = new Map<string, Row[]>();
  for (const [position, account] of accounts.entries()) {
    const people: Row[] = [];
    const mailboxes = new Set<string>();
    for (let n = exact?.[position] ?? headcount(random, mean); n > 0; n--) people.push(addContact(context, account, mailboxes));
    all.set(account.row.Id, people);
  }
  return all;
}

/** From 0 to four times the mean, small numbers more likely. */
const headcount = (random: Random, mean: number): number => Math.round(Math.min(4, -Math.log(1 - random.next())) * mean);

/** A number divided over so many places, unevenly as headcounts are. */
function spread(random: Random, total: number, places: number): number[] {
  const upTo: number[] = [];
  for (let place = 0; place < places; place++) upTo.push((upTo.at(-1) ?? 0) + Math.min(4, -Math.log(1 - random.next())));
  const whole = upTo.at(-1) ?? 1;
  return upTo.map((sum, place) => Math.round((sum / whole) * total) - Math.round(((upTo[place - 1] ?? 0) / whole) * total));
}

function addContact({ org, random, stamp }: SeedContext, { row, domain, countryCode }: SeededAccount, taken: Set<string>): Row {
  const country = countryOf(countryCode);
  const person = inventPerson(random, country.names);
  const job = inventJob(random);
  // Two of the same name at one company do not share an address.
  const mailbox = taken.has(person.mailbox) ? `${person.mailbox}${taken.size + 1}` : person.mailbox;
  taken.add(mailbox);
  return org.insert('Contact', {
    FirstName: person.first,
    LastName: person.last,
    Salutation: person.salutation,
    AccountId: row.Id,
    Email: random.chance(0.92) ? `${mailbox}@${domain}` : null,
    Title: job.title,
    Department: job.department,
    Phone: random.chance(0.6) ? fictionalPhone(random, country.dial) : null,
    MobilePhone: random.chance(0.3) ? fictionalPhone(random, country.dial) : null,
    MailingCity: row.BillingCity ?? null,
    MailingCountry: country.name,
    LeadSource: random.pick(['Web', 'Phone Inquiry', 'Partner Referral', 'Other']),
    HasOptedOutOfEmail: random.chance(0.02),
    DoNotCall: random.chance(0.015),
    CurrencyIsoCode: country.currency,
    OwnerId: row.OwnerId ?? org.userId,
    CreatedDate: stamp(),
  });
}
