import type { OpportunityItem, TaskItem } from '@/lib/messaging/account-protocol';
import type { Changeable, ChangeResult } from '@/lib/messaging/creation-protocol';
import type { AppError } from '@/lib/shared/errors';

export type Values = Partial<Record<Changeable, string>>;

/** A change of one record, from the press until nobody needs to see it any more. */
export interface RowChange {
  values: Values;
  /** `sending`: shown although the CRM has not answered. `done`: it can be taken back. */
  state:
    | { kind: 'sending' }
    | { kind: 'done'; before: Values }
    | { kind: 'undone' }
    | { kind: 'refused'; result: Exclude<ChangeResult, { kind: 'changed' }> }
    | { kind: 'failed'; error: AppError };
}

/** Changes by the record's id. */
export type Changes = Readonly<Record<string, RowChange>>;

const isShown = ({ state }: RowChange) => state.kind === 'sending' || state.kind === 'done';
const or = (text: string | undefined, otherwise: string | null) => (text === undefined ? otherwise : text === '' ? null : text);

/** What the CRM will hold when the change is through; what it has refused is not shown. */
function valuesFor(changes: Changes, id: string): Values {
  const change = Object.hasOwn(changes, id) ? changes[id] : undefined;
  return change && isShown(change) ? change.values : {};
}

/** A Task as it is about to be. Whether it is late by then the copy tells. */
export function changedTask(changes: Changes, item: TaskItem): TaskItem {
  const { status, dueOn } = valuesFor(changes, item.id);
  if (status === undefined && dueOn === undefined) return item;
  const due = or(dueOn, item.dueOn);
  return { ...item, status: or(status, item.status), dueOn: due, overdue: due === item.dueOn && item.overdue };
}

/** An Opportunity as it is about to be. Where its new stage stands the copy tells. */
export function changedOpportunity(changes: Changes, item: OpportunityItem): OpportunityItem {
  const { stage, closeOn } = valuesFor(changes, item.id);
  if (stage === undefined && closeOn === undefined) return item;
  const close = or(closeOn, item.closeOn);
  const isOther = stage !== undefined && stage !== item.stage;
  return {
    ...item,
    stage: or(stage, item.stage),
    position: isOther ? null : item.position,
    probability: isOther ? null : item.probability,
    closeOn: close,
    overdue: close === item.closeOn && item.overdue,
  };
}

/** What can be changed of an item, as it is typed. */
export function valuesOfItem(item: TaskItem | OpportunityItem): Values {
  return 'stage' in item
    ? { stage: item.stage ?? '', closeOn: item.closeOn ?? '' }
    : { status: item.status ?? '', dueOn: item.dueOn ?? '' };
}

/** Only what is another value than before: nothing else is sent. */
export function differing(before: Values, after: Values): Values {
  return Object.fromEntries(Object.entries(after).filter(([model, value]) => value !== before[model as Changeable]));
}
