import { i18n } from '#i18n';
import type { FoundDuplicate, ObjectDescription } from '@/lib/connectors/creation-contract';
import { hasObjected } from '@/lib/crm/objection';
import type { DuplicateReason, DuplicateView } from '@/lib/messaging/outbox-protocol';
import { type Alike, findAlike } from '@/lib/search/alike';
import type { SearchedRecord } from '@/lib/search/search-line';
import type { LiveConnection } from './live-connection';
import { COMPARED, type ComparedTexts, heldTexts, isSearched, typedTexts, wantedOf } from './wanted-record';

type Typed = Readonly<Record<string, string>>;

function sideBySide(typed: ComparedTexts, held: ComparedTexts): DuplicateView['fields'] {
  return COMPARED.filter((name) => typed[name] !== undefined || held[name] !== undefined).map((name) => ({
    label: i18n.t(`outbox.field.${name}`),
    typed: typed[name] ?? null,
    held: held[name] ?? null,
  }));
}

async function viewOf(
  connection: LiveConnection,
  record: SearchedRecord,
  typed: ComparedTexts,
  { object }: ObjectDescription,
  why: DuplicateReason[],
): Promise<DuplicateView> {
  return {
    id: record.id,
    object: record.object,
    kind: record.object,
    name: record.fields.name,
    url: connection.connector.recordUrl(record.object, record.id),
    ...(hasObjected(record) ? { objected: true } : {}),
    why,
    fields: sideBySide(typed, await heldTexts(connection, record)),
    updatable: record.object === object,
  };
}

/** Records of the copy that may be the one that is typed. No call. */
export async function alikeIn(connection: LiveConnection, description: ObjectDescription, values: Typed): Promise<Alike[]> {
  const wanted = await wantedOf(connection, description, values);
  return wanted ? findAlike(wanted, connection.copy.store) : [];
}

/** The same, for a person to compare. */
export async function alikeViews(
  connection: LiveConnection,
  description: ObjectDescription,
  values: Typed,
): Promise<DuplicateView[]> {
  const typed = await typedTexts(connection, description, values);
  const found = await alikeIn(connection, description, values);
  return Promise.all(found.map(({ record, why }) => viewOf(connection, record, typed, description, why)));
}

/** Of a record that the copy lacks, the texts that the CRM has shown, by its own names of fields. */
function shownByCrm({ values }: FoundDuplicate, { fields }: ObjectDescription, typed: Typed): DuplicateView['fields'] {
  return Object.entries(values).flatMap(([name, value]) => {
    const field = fields.find((one) => one.name === name);
    if (!field || value === null) return [];
    const own = Object.hasOwn(typed, name) ? (typed[name] ?? '') : '';
    return [{ label: field.label, typed: own === '' ? null : own, held: String(value) }];
  });
}

function nameIn({ values }: FoundDuplicate): string | null {
  return typeof values.Name === 'string' ? values.Name : null;
}

/** What was found, by whomever, for a person to compare. `why` is told anew from the copy. */
export async function duplicateViews(
  connection: LiveConnection,
  description: ObjectDescription,
  values: Typed,
  matches: readonly FoundDuplicate[],
): Promise<DuplicateView[]> {
  const typed = await typedTexts(connection, description, values);
  const alike = await alikeIn(connection, description, values);
  return Promise.all(
    matches.map(async (match): Promise<DuplicateView> => {
      const { kind, id, object } = match;
      const held = kind && isSearched(kind) ? await connection.copy.store.get(kind, id) : null;
      const why = alike.find(({ record }) => record.id === id)?.why ?? [];
      if (held) return viewOf(connection, held as SearchedRecord, typed, description, why);
      const url = kind ? connection.connector.recordUrl(kind, id) : '';
      const fields = shownByCrm(match, description, values);
      return { id, object, kind, name: nameIn(match), url, why, fields, updatable: kind === description.object };
    }),
  );
}
