import type { EgressResponse } from '@/lib/egress/egress';
import * as z from 'zod/mini';
import type { CreateOutcome, CreateValues, FoundDuplicate } from '../creation-contract';
import { reasonOf, refusedAs } from './api-errors';
import { foundRecord } from './api-schemas';
import { jsonIn } from '../key-client';
import { kindOf } from './creation-fields';
import type { Entity } from './describe';

type Refusal = Exclude<CreateOutcome, { kind: 'created' }>;

/** `Field validation failure; entityType: Account, field: name, type: required.` (measured): one complaint at a time. */
const COMPLAINT = /field: ([\w.]+), type: (\w+)/;

/**
 * What EspoCRM says against a record, for the form.
 * @throws AppError of the `crm.` and `auth.` groups when typing does not mend it
 */
export function refusalOf(answer: EgressResponse, entityType: string, entity: Entity): Refusal {
  if (answer.status === 409 && reasonOf(answer) === 'duplicate') return duplicatesIn(answer, entityType);
  if (answer.status !== 400) throw refusedAs(answer);
  const reason = reasonOf(answer);
  const [, field = '', type = ''] = COMPLAINT.exec(reason) ?? [];
  if (field === '') return { kind: 'invalid', fieldErrors: {}, formErrors: reason === '' ? [] : [reason] };
  return { kind: 'invalid', fieldErrors: { [attributeOf(field, entity)]: `${field}: ${type}` }, formErrors: [] };
}

/** The form knows a link by the attribute that it is kept in. */
function attributeOf(field: string, { fields }: Entity): string {
  const type = fields.get(field)?.type;
  if (type === 'personName') return 'lastName';
  return type === 'link' || type === 'linkParent' ? `${field}Id` : field;
}

/** The body is a list of the records that are there (measured); whoever repeats the call may skip the check. */
function duplicatesIn(answer: EgressResponse, entityType: string): Refusal {
  const parsed = z.array(z.unknown()).safeParse(jsonIn(answer));
  const matches = (parsed.data ?? []).flatMap((row): FoundDuplicate[] => {
    const found = foundRecord.safeParse(row).data;
    if (!found) return [];
    const { id, _entityType, ...shown } = found;
    const object = _entityType || entityType;
    const plain = Object.entries(shown).filter(([, value]) => value === null || typeof value !== 'object');
    return [{ object, kind: kindOf(object), id, values: Object.fromEntries(plain) as CreateValues }];
  });
  return { kind: 'duplicates', message: '', allowSave: true, matches };
}
