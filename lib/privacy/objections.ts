import type { AnyRecord } from '@/lib/crm/records';
import type { SealedBoxes } from '@/lib/storage/sealed-boxes';
import { createPersonList } from './person-list';

/** Who has objected to being contacted (Art. 21 GDPR), whatever their CRM's record says. Damaged, it throws `objections.damaged`. */
export const createObjectionList = (boxes: Pick<SealedBoxes, 'get' | 'put'>) =>
  createPersonList(boxes, 'objections', 'objections.damaged');

/** The record as it is kept of somebody who has objected: with both of the flags that every view and the gate for new people obey. Pure. */
export function asObjected(record: AnyRecord): AnyRecord {
  if (record.object === 'contact') return { ...record, fields: { ...record.fields, doNotCall: true, emailOptOut: true } };
  if (record.object === 'lead') return { ...record, fields: { ...record.fields, doNotCall: true, emailOptOut: true } };
  return record;
}
