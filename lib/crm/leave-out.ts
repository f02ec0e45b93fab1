import { isOptedOut } from './objection';
import type { AnyRecord, ObjectKind } from './records';
import type { LeaveOut } from './selection';

const DAY_MS = 86_400_000;

/** What is left out at a moment: `closedBefore` is the beginning of a day in UTC (ISO), so that it stands still for a day. */
export interface LeftOut extends LeaveOut {
  closedBefore: string | null;
}

/** What a choice leaves out at `now` (ms). Pure. */
export function leftOutAt(leaveOut: LeaveOut, now: number): LeftOut {
  const { closedTaskDays } = leaveOut;
  if (closedTaskDays === null) return { ...leaveOut, closedBefore: null };
  const from = Math.floor(now / DAY_MS) * DAY_MS - closedTaskDays * DAY_MS;
  return { ...leaveOut, closedBefore: new Date(from).toISOString() };
}

/** Whether records of this kind may be left out. Pure. */
export const leavesOut = (object: ObjectKind, { optedOut, closedBefore }: LeftOut): boolean =>
  object === 'task' ? closedBefore !== null : (object === 'contact' || object === 'lead') && optedOut;

/** Whether this record is left out. Pure. */
export function isLeftOut(record: AnyRecord, { optedOut, closedBefore }: LeftOut): boolean {
  if (record.object === 'task') return closedBefore !== null && record.fields.closed && record.modifiedAt < closedBefore;
  return optedOut && isOptedOut(record);
}
