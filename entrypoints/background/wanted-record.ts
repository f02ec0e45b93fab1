import type { CreatableObject, ObjectDescription } from '@/lib/connectors/creation-contract';
import type { SearchedKind, SearchedRecord } from '@/lib/search/search-line';
import type { Wanted } from '@/lib/search/alike';
import { recordName } from '@/lib/creation/record-form';
import type { LiveConnection } from './live-connection';

/** What is shown of two records side by side, in this order. */
export const COMPARED = [
  'name',
  'company',
  'title',
  'email',
  'phone',
  'mobile',
  'website',
  'city',
  'status',
  'stage',
  'closeOn',
] as const;
export type Compared = (typeof COMPARED)[number];
export type ComparedTexts = Partial<Record<Compared, string>>;

const SEARCHED_KINDS: readonly CreatableObject[] = ['account', 'contact', 'lead', 'opportunity'];
export const isSearched = (object: CreatableObject): object is SearchedKind => SEARCHED_KINDS.includes(object);

/** What was typed under a model's name; empty when there is no such field, or nothing in it. */
function typedUnder({ modelNames }: ObjectDescription, values: Readonly<Record<string, string>>, model: string): string {
  const name = Object.hasOwn(modelNames, model) ? modelNames[model] : undefined;
  return name !== undefined && Object.hasOwn(values, name) ? (values[name] ?? '').trim() : '';
}

async function accountName({ copy }: LiveConnection, id: string): Promise<string | null> {
  return id === '' ? null : ((await copy.store.get('account', id))?.fields.name ?? null);
}

/** What was typed, as far as it can be told from other records by it. */
export async function wantedOf(
  connection: LiveConnection,
  description: ObjectDescription,
  values: Readonly<Record<string, string>>,
): Promise<Wanted | null> {
  const { object } = description;
  if (!isSearched(object)) return null;
  const under = (model: string) => typedUnder(description, values, model) || null;
  const accountId = under('accountId');
  return {
    object,
    name: recordName(description, values) || null,
    company: under('company') ?? (accountId ? await accountName(connection, accountId) : null),
    email: under('email'),
    phones: ['phone', 'mobile'].flatMap((model) => under(model) ?? []),
    website: under('website'),
    accountId,
  };
}

/** What was typed, under the names of what is compared. */
export async function typedTexts(
  connection: LiveConnection,
  description: ObjectDescription,
  values: Readonly<Record<string, string>>,
): Promise<ComparedTexts> {
  const texts = COMPARED.map((model): [Compared, string] => [model, typedUnder(description, values, model)]);
  const company = await accountName(connection, typedUnder(description, values, 'accountId'));
  const all: [Compared, string][] = [
    ...texts,
    ['name', recordName(description, values)],
    ...(company ? [['company', company] as [Compared, string]] : []),
  ];
  return Object.fromEntries(all.filter(([, text]) => text !== ''));
}

/** The same of a record of the copy. */
export async function heldTexts(connection: LiveConnection, record: SearchedRecord): Promise<ComparedTexts> {
  const fields = record.fields as unknown as Partial<Record<string, unknown>>;
  const texts: [Compared, unknown][] = COMPARED.map((model) => [model, fields[model]]);
  if ('accountId' in record.fields) texts.push(['company', await accountName(connection, record.fields.accountId ?? '')]);
  return Object.fromEntries(texts.filter((one): one is [Compared, string] => typeof one[1] === 'string' && one[1] !== ''));
}
