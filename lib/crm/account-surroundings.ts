import type { AccountRecords, Money } from './account-context';
import type { CrmRecord, ObjectKind } from './records';

/** What has happened at an Account, and which Accounts stand above and below it. Pure. */
export interface Family {
  parent: CrmRecord<'account'> | null;
  /** The first of the children, and how many there are in all. */
  children: readonly CrmRecord<'account'>[];
  childCount: number;
}

/** Something that has happened: a Task that was completed, a deal that was won or lost. */
export interface ActivityItem {
  id: string;
  url: string;
  kind: 'task' | 'won' | 'lost';
  name: string | null;
  /** The day it was due or closed, as the CRM has it; the copy holds no other. */
  on: string | null;
  /** Whom or what a Task is about. */
  about: string | null;
  /** What a deal was worth. */
  amount: Money | null;
}

/** Another Account of the same company family. */
export interface FamilyItem {
  id: string;
  url: string;
  name: string;
  type: string | null;
  location: string | null;
  ownerName: string | null;
}

/** More than this nobody reads beside a page; the CRM has the rest. */
const MOST_ACTIVITY = 50;

/** What has happened, newest first; what has no day comes last. */
export function activityItems(
  { account, tasks, opportunities }: Pick<AccountRecords, 'account' | 'tasks' | 'opportunities'>,
  {
    about,
    recordUrl,
  }: { about: (task: CrmRecord<'task'>) => string | null; recordUrl: (object: ObjectKind, id: string) => string },
): ActivityItem[] {
  const done = tasks
    .filter(({ fields }) => fields.closed)
    .map((task): ActivityItem => {
      const { id, fields } = task;
      const url = recordUrl('task', id);
      return { id, url, kind: 'task', name: fields.subject, on: fields.dueOn, about: about(task), amount: null };
    });
  const decided = opportunities
    .filter(({ fields }) => fields.closed)
    .map(({ id, fields }): ActivityItem => {
      const amount =
        fields.amount === null ? null : { amount: fields.amount, currency: fields.currency ?? account.fields.currency };
      const url = recordUrl('opportunity', id);
      return { id, url, kind: fields.won ? 'won' : 'lost', name: fields.name, on: fields.closeOn, about: null, amount };
    });
  return [...done, ...decided]
    .sort((a, b) => (b.on ?? '').localeCompare(a.on ?? '') || a.id.localeCompare(b.id))
    .slice(0, MOST_ACTIVITY);
}

/** Parent and children, the children by name. */
export function familyItems(
  { parent, children, childCount }: Family,
  users: AccountRecords['users'],
  recordUrl: (object: ObjectKind, id: string) => string,
): { parent: FamilyItem | null; children: FamilyItem[]; childCount: number } {
  const item = ({ id, fields }: CrmRecord<'account'>): FamilyItem => ({
    id,
    url: recordUrl('account', id),
    name: fields.name,
    type: fields.type,
    location: [fields.city, fields.country].filter((part) => part).join(', ') || null,
    ownerName: users.get(fields.ownerId ?? '')?.fields.name ?? null,
  });
  return {
    parent: parent && item(parent),
    children: [...children].sort((a, b) => a.fields.name.localeCompare(b.fields.name) || a.id.localeCompare(b.id)).map(item),
    childCount,
  };
}
