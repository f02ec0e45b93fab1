import { leadFromText } from './lead-from-text';
import type { PageSite } from './own-host';
import { companyName, ownOrganization } from './page-company';
import { pageContact } from './page-contact';
import { countryCode, pageCountries } from './page-country';
import type { PageText } from './page-text';
import { structuredData } from './structured-data';
import type { Suggestion } from './suggestion';

/** What a page suggests for a new record, by the model's names. Phone numbers are not judged here: see components/creation/phone-number. */
export interface PageSuggestions {
  values: Record<string, Suggestion>;
  phones: Suggestion[];
  /** ISO codes of the countries in which a number without one may be, likeliest first. */
  countries: string[];
}

/** Countries in whose addresses the region is written. */
const WITH_REGION = new Set(['US', 'CA', 'AU']);
const LEGAL_FORM = /\b(?:gmbh|ag|kg|inc|ltd|llc|corp|plc|s\.?a\.?|srl|spa|bv|ab|oy|sp\. z o\.o)\b\.?$/i;

/** What the page, and what is marked in it, says of the company and of whom to turn to there. `page` null: it may not be read. Pure. */
export function pageSuggestions(page: PageText | null, site: PageSite): PageSuggestions {
  const data = structuredData(page?.blocks ?? []);
  const own = ownOrganization(data, page, site);
  const company = companyName(page, data, site);
  const values: Record<string, Suggestion> = {
    company,
    website: { value: `https://${site.host}`, source: 'site-address' },
  };
  const countries = pageCountries(own?.address?.country ?? '', page?.lang ?? '', site.domain);
  if (!page) return { values, phones: [], countries };
  const { person, companyMail, phones } = pageContact(page, data, own, site);
  const put = (name: string, value: string, source: Suggestion['source']) => {
    if (value !== '') values[name] = { value, source };
  };
  if (person) {
    put('firstName', person.firstName, person.source);
    put('lastName', person.lastName, person.source);
    put('title', person.title, person.source);
    put('email', person.email, person.source);
  }
  if (!values.email && companyMail) values.email = companyMail;
  if (own?.address) {
    const { street, city, postalCode, region, country } = own.address;
    const code = countryCode(country);
    put('street', street, 'company-data');
    put('city', city, 'company-data');
    put('postalCode', postalCode, 'company-data');
    put('state', code && WITH_REGION.has(code) ? region : '', 'company-data');
    put('countryCode', code ?? '', 'company-data');
  }
  const ofPerson: Suggestion[] = person?.phone ? [{ value: person.phone, source: person.source }] : [];
  const marked = fromSelection(page.selection);
  const all = [...(marked.phone ? [marked.phone] : []), ...ofPerson, ...phones];
  const { phone: _phone, ...rest } = marked;
  // Who is marked is meant: what the page says of somebody else does not go with them.
  const kept = rest.lastName || rest.email ? withoutPerson(values) : values;
  return { values: { ...kept, ...rest }, phones: all, countries };
}

const withoutPerson = ({ firstName: _1, lastName: _2, title: _3, email: _4, ...rest }: Record<string, Suggestion>) => rest;

/** Of a marked text what has a form of its own; a name only beside an address or a number, a company only with its legal form. */
function fromSelection(selection: string): Record<string, Suggestion> {
  const found = leadFromText(selection);
  const isContact = found.Email !== undefined || found.Phone !== undefined;
  const wanted = {
    email: found.Email,
    phone: found.Phone,
    firstName: isContact ? found.FirstName : undefined,
    lastName: isContact ? found.LastName : undefined,
    company: LEGAL_FORM.test(found.Company?.value ?? '') ? found.Company : undefined,
  };
  return Object.fromEntries(
    Object.entries(wanted).flatMap(([name, one]) => (one ? [[name, { value: one.value, source: 'selection' as const }]] : [])),
  );
}
