import type { AnyRecord } from './records';

/** Whether this is somebody who wants neither calls nor e-mail: who has objected to being contacted. Pure. */
export const hasObjected = (record: AnyRecord): boolean =>
  (record.object === 'contact' || record.object === 'lead') && record.fields.doNotCall && record.fields.emailOptOut;

/** Whether this is somebody who wants no calls, no e-mail, or neither. Pure. */
export const isOptedOut = (record: AnyRecord): boolean =>
  (record.object === 'contact' || record.object === 'lead') && (record.fields.doNotCall || record.fields.emailOptOut);
