import { tidy } from './suggestion';

/** An organisation as a page describes it. Texts are tidied, and empty when the page says nothing usable. */
export interface Organization {
  name: string;
  url: string;
  email: string;
  phones: string[];
  address: PageAddress | null;
  people: DescribedPerson[];
}

interface PageAddress {
  street: string;
  city: string;
  postalCode: string;
  region: string;
  country: string;
}

export interface DescribedPerson {
  name: string;
  title: string;
  email: string;
  phone: string;
}

export interface StructuredData {
  organizations: Organization[];
  /** What the page calls its web site; a plug-in's word. */
  siteNames: string[];
  /** People who stand for themselves, with a job or an employer: no authors of articles. */
  people: DescribedPerson[];
}

/** Values further down, and more of them, are not looked at: a page must not keep the worker busy. */
const DEEPEST = 6;
const MOST_NODES = 2000;
const MOST_OF_A_KIND = 20;
/** Where a page speaks of itself. What it says of authors, reviews, members or products is about others. */
const OWN = ['@graph', 'publisher', 'mainEntity', 'mainEntityOfPage', 'about', 'provider', 'copyrightHolder'];
const ORGANIZATION =
  /(?:Organization|Corporation|Business|Store|Agency|Dealer|Company|Contractor|Attorney|Dentist|Restaurant|Hotel|Notary|Clinic|Hospital|Office|University|School|Airline|NGO|.Service)$/;
const NO_ORGANIZATION =
  /^(?:Person|WebSite|WebPage|.*Event|Place|PostalAddress|Product|JobPosting|Service|ContactPoint|Offer|Brand)$/;

type Node = Readonly<Record<string, unknown>>;

/** What the JSON-LD blocks of a page say of the company. A block that is no JSON (one in six of real ones) is left out. Pure. */
export function structuredData(blocks: readonly string[]): StructuredData {
  const found: StructuredData = { organizations: [], siteNames: [], people: [] };
  let left = MOST_NODES;
  const visit = (value: unknown, depth: number): void => {
    left -= 1;
    if (depth > DEEPEST || left < 0) return;
    if (Array.isArray(value)) {
      for (const one of value.slice(0, 100)) visit(one, depth + 1);
      return;
    }
    const node = nodeOf(value);
    if (!node) return;
    take(node, found);
    for (const key of OWN) if (Object.hasOwn(node, key)) visit(node[key], depth + 1);
  };
  for (const block of blocks) visit(parsed(block), 0);
  return found;
}

function parsed(block: string): unknown {
  try {
    return JSON.parse(block);
  } catch {
    return null;
  }
}

function take(node: Node, { organizations, siteNames, people }: StructuredData): void {
  const types = texts(node, '@type', 60);
  const name = text(node, 'name');
  if (types.includes('WebSite') && name && siteNames.length < MOST_OF_A_KIND) siteNames.push(name);
  if (types.includes('Person')) {
    const isAtWork = ['jobTitle', 'worksFor', 'affiliation'].some((key) => Object.hasOwn(node, key));
    if (isAtWork && people.length < MOST_OF_A_KIND) people.push(...personIn(node));
    return;
  }
  const isNamed = types.some((type) => ORGANIZATION.test(type)) || nodeOf(own(node, 'address')) !== null;
  if (!isNamed || types.some((type) => NO_ORGANIZATION.test(type)) || name === '') return;
  if (organizations.length < MOST_OF_A_KIND) organizations.push(organizationIn(node, name));
}

function organizationIn(node: Node, name: string): Organization {
  const contacts = nodesIn(own(node, 'contactPoint'));
  const staff = [...nodesIn(own(node, 'employee')), ...nodesIn(own(node, 'employees'))];
  const phones = [node, ...contacts].flatMap((one) => texts(one, 'telephone', 60));
  return {
    name,
    url: text(node, 'url', 500),
    email: text(node, 'email', 254) || contacts.map((one) => text(one, 'email', 254)).find((email) => email !== '') || '',
    phones: phones.slice(0, MOST_OF_A_KIND),
    address: addressIn(nodesIn(own(node, 'address'))[0] ?? null),
    people: [...contacts, ...staff].flatMap(personIn),
  };
}

function personIn(node: Node): DescribedPerson[] {
  const parts = [text(node, 'givenName'), text(node, 'familyName')].filter((part) => part !== '');
  const name = parts.length === 2 ? parts.join(' ') : text(node, 'name');
  const title = text(node, 'jobTitle');
  return name === '' ? [] : [{ name, title, email: text(node, 'email', 254), phone: text(node, 'telephone', 60) }];
}

function addressIn(node: Node | null): PageAddress | null {
  if (!node) return null;
  const country = own(node, 'addressCountry');
  const address = {
    street: text(node, 'streetAddress', 250),
    city: text(node, 'addressLocality'),
    postalCode: text(node, 'postalCode', 20),
    region: text(node, 'addressRegion'),
    country: nodeOf(country) ? text(nodeOf(country) as Node, 'name') : text(node, 'addressCountry'),
  };
  return address.street || address.city ? address : null;
}

const nodeOf = (value: unknown): Node | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Node) : null;
const nodesIn = (value: unknown): Node[] =>
  [value]
    .flat()
    .slice(0, MOST_OF_A_KIND)
    .map(nodeOf)
    .filter((node) => node !== null);
/** A page may write `__proto__` or `constructor` as a key. */
const own = (node: Node, key: string): unknown => (Object.hasOwn(node, key) ? node[key] : undefined);

function texts(node: Node, key: string, longest = 120): string[] {
  return [own(node, key)]
    .flat()
    .slice(0, MOST_OF_A_KIND)
    .flatMap((one) => {
      const value = typeof one === 'number' ? String(one) : nodeOf(one) ? own(nodeOf(one) as Node, '@value') : one;
      const line = typeof value === 'string' ? tidy(value, longest) : '';
      return line === '' ? [] : [line];
    });
}

const text = (node: Node, key: string, longest?: number): string => texts(node, key, longest)[0] ?? '';
