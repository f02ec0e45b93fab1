import type { EspoState } from './app.ts';
import type { FieldDefs } from './entities.ts';
import type { Values } from './store.ts';
import type { Row } from './where.ts';

/** An answer with a status of 400 or more, its reason in a header. */
export class Refusal extends Error {
  readonly status: number;
  readonly reason: string;
  readonly body: unknown;

  constructor(status: number, reason: string, body: unknown = null) {
    super(reason);
    this.status = status;
    this.reason = reason;
    this.body = body;
  }
}

/** A record as it is answered: whole, but for what the role hides. */
export function shown(row: Row, hidden: ReadonlySet<string>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).filter(([name]) => !hidden.has(name)));
}

/** What is sent to be written. One complaint at a time, as EspoCRM makes them. @throws Refusal */
export function valuesIn({ store, rights }: EspoState, type: string, body: unknown, action: 'create' | 'edit'): Values {
  const sent = Object.fromEntries(Object.entries(body as Record<string, unknown>));
  const { fields = {} } = store.defs[type] ?? {};
  for (const [name, def] of Object.entries(fields)) {
    const attribute = def.type === 'link' || def.type === 'linkParent' ? `${name}Id` : name;
    if (def.readOnly === true || rights.fields[type]?.[name]?.edit === 'no') delete sent[attribute];
    const problem = action === 'create' || attribute in sent ? problemOf(def, sent[attribute]) : null;
    if (problem) {
      const words = `Field validation failure; entityType: ${type}, field: ${name}, type: ${problem}.`;
      const data = { field: name, type: problem };
      throw new Refusal(400, words, { messageTranslation: { label: 'validationFailure', scope: null, data } });
    }
  }
  return sent;
}

function problemOf(def: FieldDefs, value: unknown): string | null {
  const isEmpty = value === null || value === undefined || value === '';
  if (isEmpty) return def.required === true ? 'required' : null;
  if (typeof def.maxLength === 'number' && String(value).length > def.maxLength) return 'maxLength';
  if (def.type === 'enum' && Array.isArray(def.options) && !def.options.includes(value)) return 'valid';
  if (def.type === 'date' && !/^\d{4}-\d\d-\d\d$/.test(String(value))) return 'valid';
  if (/^(?:int|float|currency)$/.test(def.type) && typeof value !== 'number') return 'valid';
  return null;
}
