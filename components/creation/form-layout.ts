import type { RecordFormField } from '@/lib/messaging/creation-protocol';

export interface PlacedField {
  field: RecordFormField;
  /** Half a row: two short fields that follow each other stand side by side. */
  half: boolean;
}

const SHORT_TYPES: readonly RecordFormField['type'][] = ['text', 'picklist', 'phone', 'number', 'date'];
/** Longer texts, such as a company's name, need the whole row to be read. */
const SHORT_LENGTH = 130;

function isShort({ type, maxLength }: RecordFormField): boolean {
  return SHORT_TYPES.includes(type) && (maxLength === null || maxLength <= SHORT_LENGTH);
}

/** Puts fields in their rows without changing their order; a short field with no short neighbour gets a row of its own. */
export function placeFields(fields: readonly RecordFormField[]): PlacedField[] {
  const placed: PlacedField[] = [];
  for (let index = 0; index < fields.length; ) {
    const field = fields[index];
    const next = fields[index + 1];
    if (!field) break;
    const pair = next !== undefined && isShort(field) && isShort(next);
    placed.push({ field, half: pair });
    if (pair) placed.push({ field: next, half: true });
    index += pair ? 2 : 1;
  }
  return placed;
}
