import { getDomain } from 'tldts';
import type { Sandbox } from '../sandbox-crm/sandbox.ts';

/** What the sidebar has to show of an Account, worked out from the sandbox's rows alone. */
type Row = ReturnType<Sandbox['org']['rows']>[number];

export interface ExpectedRecord {
  id: string;
  /** The link's text. */
  name: string;
  /** Texts that must stand in the record's row. */
  texts: string[];
  /** Texts that must not stand there. */
  absent: string[];
}

export interface ExpectedAccount {
  id: string;
  name: string;
  facts: string[];
  contacts: ExpectedRecord[];
  opportunities: ExpectedRecord[];
  tasks: ExpectedRecord[];
  leads: ExpectedRecord[];
}

const text = (value: unknown) => (value === null || value === undefined ? null : String(value));
const texts = (...values: unknown[]) => values.map(text).filter((value) => value !== null && value !== '') as string[];

/** The registrable domain of a row's website, as a person would read it. */
export function domainOf(row: Row): string | null {
  const website = text(row.Website);
  return website ? getDomain(website.includes('://') ? website : `https://${website}`, { allowPrivateDomains: true }) : null;
}

/** The host in a row's website. */
export function hostOf(row: Row): string | null {
  const website = text(row.Website);
  return website ? (URL.parse(website.includes('://') ? website : `https://${website}`)?.hostname ?? null) : null;
}

/** Accounts by registrable domain. */
export function accountsByDomain({ org }: Sandbox): Map<string, Row[]> {
  return Map.groupBy(
    org.rows('Account').filter((row) => domainOf(row) !== null),
    (row) => domainOf(row) ?? '',
  );
}

function money(row: Row): string[] {
  if (row.Amount === null || row.Amount === undefined) return [];
  const options = {
    style: 'currency',
    currency: String(row.CurrencyIsoCode),
    minimumFractionDigits: 0,
    maximumFractionDigits: 0,
  } as const;
  return [new Intl.NumberFormat('en-US', options).format(Number(row.Amount))];
}

function day(value: unknown): string[] {
  const date = text(value);
  if (!date) return [];
  const sameYear = date.slice(0, 4) === String(new Date().getFullYear());
  const base = { timeZone: 'UTC', month: 'short', day: 'numeric' } as const;
  return [new Intl.DateTimeFormat('en-US', sameYear ? base : { ...base, year: 'numeric' }).format(new Date(`${date}T00:00:00Z`))];
}

function person(row: Row): ExpectedRecord {
  const phones = texts(row.Phone, row.MobilePhone);
  const shown = texts(row.Title, row.HasOptedOutOfEmail ? null : row.Email, ...(row.DoNotCall ? [] : phones));
  const absent = [...(row.HasOptedOutOfEmail ? texts(row.Email) : []), ...(row.DoNotCall ? phones : [])];
  return { id: String(row.Id), name: String(row.Name), texts: shown, absent };
}

/** What the sidebar has to show of the Account in `row` on a site with `domain`. */
export function expectedAccount({ org }: Sandbox, row: Row, domain: string): ExpectedAccount {
  const ofAccount = (object: string) => org.rows(object).filter((one) => one.AccountId === row.Id);
  const owner = org.find('User', String(row.OwnerId));
  const mailDomain = (lead: Row) => getDomain(`https://${text(lead.Email)?.split('@')[1] ?? ''}`, { allowPrivateDomains: true });
  return {
    id: String(row.Id),
    name: String(row.Name),
    facts: texts(row.Industry, owner?.Name, row.Type, row.Phone, row.BillingCity),
    contacts: ofAccount('Contact').map(person),
    opportunities: ofAccount('Opportunity')
      .filter((deal) => !deal.IsClosed)
      .map((deal) => ({
        id: String(deal.Id),
        name: String(deal.Name),
        texts: [...texts(deal.StageName), ...money(deal), ...day(deal.CloseDate)],
        absent: [],
      })),
    tasks: ofAccount('Task')
      .filter((task) => !task.IsClosed)
      .map((task) => ({ id: String(task.Id), name: String(task.Subject), texts: [], absent: [] })),
    leads: org
      .rows('Lead')
      .filter((lead) => !lead.IsConverted && (domainOf(lead) ?? mailDomain(lead)) === domain)
      .map((lead) => ({ ...person(lead), texts: [...person(lead).texts, ...texts(lead.Status)] })),
  };
}

/** A generator of numbers in [0, 1) that a printed seed repeats (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The seed of this run: from the environment to repeat one, else a new one. Always printed. */
export function runSeed(): number {
  const seed = Number(process.env.SIDELIGHT_SEED ?? Math.floor(Math.random() * 2 ** 31));
  console.log(`SIDELIGHT_SEED=${seed}`);
  return seed;
}
