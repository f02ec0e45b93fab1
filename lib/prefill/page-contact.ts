import { isSameBrand, type PageSite } from './own-host';
import type { PageText } from './page-text';
import type { DescribedPerson, Organization, StructuredData } from './structured-data';
import { type Suggestion, type SuggestionSource, tidy } from './suggestion';

/** A person with an address to write to, as far as the page says. */
interface PagePerson {
  firstName: string;
  lastName: string;
  title: string;
  email: string;
  phone: string;
  source: SuggestionSource;
}

export interface PageContact {
  person: PagePerson | null;
  /** The company's own address, of nobody in particular. */
  companyMail: Suggestion | null;
  /** Numbers, likeliest first; whether they are any is for whoever formats them to say. */
  phones: Suggestion[];
}

const ADDRESS = /^[^\s@<>(),;:"'\\]{1,64}@[^\s@<>(),;:"'\\]+\.[^\s@<>(),;:"'\\.]{2,}$/;
/** Addresses with a purpose of their own: nobody wants to be written to there. */
const NOT_FOR_US = new Set(
  `noreply no-reply donotreply do-not-reply mailer-daemon postmaster hostmaster webmaster abuse privacy datenschutz dataprotection dpo dsb gdpr
  rgpd dsgvo security unsubscribe newsletter jobs job karriere career careers bewerbung bewerbungen hr recruiting recruitment presse press media pr
  spam legal rechnung rechnungen invoice invoices billing buchhaltung accounting root`.split(/\s+/),
);
const OF_ALL = new Set(
  `info information kontakt contact contacto contatto contato office mail email e-mail post hello hallo hi hey sales vertrieb verkauf ventes ventas vendite
  commercial zentrale service services kundenservice kundendienst customer customers support help team anfrage anfragen inquiries enquiries inquiry
  enquiry welcome empfang reception sekretariat secretariat admin administration booking bookings reservierung shop store bestellung order orders
  verwaltung firma biuro bureau accueil marketing export einkauf purchasing technik werkstatt praxis kanzlei studio partner general main web online
  company group`.split(/\s+/),
);
/** Those that are written to first. */
const FIRST = new Set([
  'info',
  'kontakt',
  'contact',
  'contacto',
  'contatto',
  'contato',
  'office',
  'hello',
  'hallo',
  'mail',
  'biuro',
]);
const NAME = /^(?:(?:Dr|Prof|Dipl|Ing|Mag|Mr|Mrs|Ms|Herr|Frau)\.?[\s-]*)*(\p{Lu}[\p{L}'’.-]*(?: \p{L}[\p{L}'’.-]*){1,3})$/u;

const letters = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[äöüß]/g, (one) => ({ ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' })[one] ?? one)
    .normalize('NFKD')
    .replace(/[^\p{L}]/gu, '');
const bare = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^\p{L}]/gu, '');
const domainIn = (email: string): string => email.slice(email.lastIndexOf('@') + 1);
const localIn = (email: string): string => email.slice(0, email.lastIndexOf('@')).split('+')[0] ?? '';

/** The address in a `mailto:` link or a value, in small letters; empty when it is none. */
function addressIn(href: string): string {
  const raw = href.replace(/^mailto:/i, '').split(/[?,;]/)[0] ?? '';
  let text = raw;
  try {
    text = decodeURIComponent(raw);
  } catch {
    // A per cent sign that escapes nothing: taken as it stands.
  }
  const email = tidy(text, 254).toLowerCase();
  return ADDRESS.test(email) ? email : '';
}

/** Whether an address is the site's own: at its domain or at the same name with another ending, and at no mail provider. */
const isOwn = (email: string, site: PageSite): boolean => !site.isFreeMail && isSameBrand(domainIn(email), site);

function kindOf(email: string, site: PageSite): 'not-for-us' | 'company' | 'person' {
  const local = localIn(email);
  const parts = [local, ...local.split(/[._-]/)].map((part) => part.replace(/\d+$/, ''));
  if (parts.some((part) => NOT_FOR_US.has(part))) return 'not-for-us';
  const isAll = parts.some((part) => OF_ALL.has(part)) || bare(local) === bare(site.domain.split('.')[0] ?? '');
  return isAll ? 'company' : 'person';
}

/** First and last name, or null for what is no person's name. */
function personName(text: string): { firstName: string; lastName: string } | null {
  const name = NAME.exec(tidy(text, 80))?.[1];
  const [firstName = '', ...others] = name?.split(' ') ?? [];
  const isCompany = /\b(?:gmbh|ag|inc|ltd|llc|kg|team|sales|service|support|office|contact|department|vertrieb)\b/i.test(text);
  return others.length === 0 || isCompany ? null : { firstName, lastName: others.join(' ') };
}

/** Whether a local part is made of a name: `mara.lindner`, `m.lindner`, `lindner`, `mara`, `mlindner`. */
function isMadeOf(local: string, { firstName, lastName }: { firstName: string; lastName: string }): boolean {
  const key = bare(local);
  return [letters, bare].some((plain) => {
    const [first, last] = [plain(firstName), plain(lastName)];
    return [first + last, last + first, first.charAt(0) + last, last + first.charAt(0), last, first].includes(key);
  });
}

/** Two or three words of a line that may be a name, the shorter ones first: `Call Ann Lee` has one that is not at its beginning. */
function namesIn(line: string): { firstName: string; lastName: string }[] {
  const words = tidy(line, 80)
    .replace(/[,;:()]/g, ' ')
    .split(/\s+/);
  return [2, 3].flatMap((length) => words.flatMap((_, at) => personName(words.slice(at, at + length).join(' ')) ?? []));
}

/** The name of whose address it is: as it is written beside the link, else as the address spells it out. */
function nameOf(email: string, lines: readonly string[]): { firstName: string; lastName: string } | null {
  const local = localIn(email);
  const beside = lines.flatMap(namesIn).find((name) => isMadeOf(local, name));
  if (beside) return beside;
  const [first = '', last = '', ...others] = local.split('.');
  // `ae` may be `ä`: a name that is perhaps misspelt is worse than none.
  if (others.length > 0 || !/^[a-z]{3,}$/.test(first) || !/^[a-z]{3,}(?:-[a-z]{3,})?$/.test(last) || /[aou]e/.test(first + last))
    return null;
  const capital = (part: string) => part.replace(/^[a-z]|-[a-z]/g, (letter) => letter.toUpperCase());
  return { firstName: capital(first), lastName: capital(last) };
}

/**
 * Whom the page says to write to or call. A person counts only when the page names a single one, an address only when it is the
 * company's own: no mail provider's, no agency's. Pure.
 */
export function pageContact(page: PageText, data: StructuredData, own: Organization | null, site: PageSite): PageContact {
  const links = page.mails.flatMap(({ href, text, near }) => {
    const email = addressIn(href);
    return email !== '' && isOwn(email, site) ? [{ email, lines: [...text.split('\n'), ...near.split('\n')] }] : [];
  });
  const person = single(described(own, data, site)) ?? single(linked(links, site));
  const ofCompany = [
    ...[own?.email ?? ''].map((value) => ({ value: addressIn(value), source: 'company-data' as const })),
    ...links.map(({ email }) => ({ value: email, source: 'mail-link' as const })),
  ].filter(({ value }) => value !== '' && isOwn(value, site) && kindOf(value, site) === 'company');
  const first = ofCompany.find(({ value }) => FIRST.has(localIn(value)));
  return { person, companyMail: first ?? ofCompany[0] ?? null, phones: phonesOf(page, own) };
}

function described(own: Organization | null, data: StructuredData, site: PageSite): PagePerson[] {
  return [...(own?.people ?? []), ...data.people].flatMap((one: DescribedPerson) => {
    const name = personName(one.name);
    const email = addressIn(one.email);
    const isTheirs = email !== '' && isOwn(email, site) && kindOf(email, site) === 'person';
    return name
      ? [{ ...name, title: one.title, email: isTheirs ? email : '', phone: one.phone, source: 'company-data' as const }]
      : [];
  });
}

function linked(links: readonly { email: string; lines: string[] }[], site: PageSite): PagePerson[] {
  return links.flatMap(({ email, lines }) => {
    const name = kindOf(email, site) === 'person' ? nameOf(email, lines) : null;
    return name ? [{ ...name, title: '', email, phone: '', source: 'mail-link' as const }] : [];
  });
}

/** The person, when all that is found is about the same one. */
function single(people: readonly PagePerson[]): PagePerson | null {
  const names = new Set(people.map(({ firstName, lastName }) => letters(firstName + lastName)));
  return names.size === 1 ? (people.find(({ email }) => email !== '') ?? people[0] ?? null) : null;
}

function phonesOf(page: PageText, own: Organization | null): Suggestion[] {
  const linked = page.phones.flatMap(({ href, text, near }) => {
    const isFax =
      /\b(?:tele)?fax\b|fax:/i.test(`${text}\n${near.split(/\n(?=.*\d)/)[0] ?? ''}`) && !/tel|phone|fon\b/i.test(near);
    const number = tidy(href.replace(/^tel:/i, '').replace(/%20/g, ' '), 40);
    return isFax || number === '' ? [] : [{ value: number, source: 'phone-link' as const }];
  });
  return [...(own?.phones ?? []).map((value) => ({ value, source: 'company-data' as const })), ...linked].slice(0, 10);
}
