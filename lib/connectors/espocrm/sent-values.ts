import type { CreateValue, CreateValues, NewRecord } from '../creation-contract';
import type { Entity } from './describe';

/** A value as EspoCRM takes it. */
type Sent = CreateValue | readonly string[];

/**
 * What a record is sent with: its values in EspoCRM's own shapes, and the basis of a person below its description. Pure.
 * Many values come as `a;b` and are sent as a list; a moment is sent as UTC without a zone.
 */
export function sentValues({ values, basis }: Pick<NewRecord, 'values' | 'basis'>, entity: Entity): Record<string, Sent> {
  const sent = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, inItsShape(value, entity.fields.get(name)?.type)]),
  );
  if (!basis) return sent;
  const typed = typeof values.description === 'string' ? `${values.description}\n\n` : '';
  return { ...sent, description: `${typed}${basis.note}` };
}

function inItsShape(value: CreateValue, type: string | undefined): Sent {
  if (typeof value !== 'string') return value;
  if (type === 'multiEnum' || type === 'checklist') return value === '' ? [] : value.split(';');
  if (type === 'datetime' || type === 'datetimeOptional') return value.slice(0, 19).replace('T', ' ');
  return value;
}

const LONGEST = 255;

/** Those of the sent values that come back as they are, to tell a record by. Pure. */
export function comparable(values: Readonly<Record<string, Sent>>): CreateValues {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => {
      const isPlain = typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string';
      const isLong = typeof value === 'string' && (value.length > LONGEST || /[\r\n]/.test(value));
      return isPlain && !isLong && name !== 'description' ? [[name, value] as const] : [];
    }),
  );
}

/** Whether EspoCRM holds what was sent: it trims texts, and writes numbers and addresses of the web its own way. Pure. */
export function isSame(sent: CreateValue, held: unknown): boolean {
  if (typeof sent === 'number') return Number(held) === sent;
  if (typeof sent !== 'string') return held === sent;
  const plain = (text: string) =>
    text
      .trim()
      .replace(/^https?:\/\//i, '')
      .replace(/\/$/, '')
      .replace(/\s+/g, ' ')
      .toLowerCase();
  return typeof held === 'string' && plain(held) === plain(sent);
}
