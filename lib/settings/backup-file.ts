import * as z from 'zod/mini';
import { CRMS, type CrmKind } from '@/lib/crm/crm-kind';
import type { ObjectKind } from '@/lib/crm/records';
import type { ObjectSelection, Selection } from '@/lib/crm/selection';
import { AppError } from '@/lib/shared/errors';
import { NEVER_KINDS } from './policy';
import { OVERLAY_MODES, SYNC_HOURS } from './settings';

/**
 * The user's settings as a file, to be put into another browser or given to a colleague: nothing secret, and nothing about a person, a
 * company or a site. So it has no login, no decision about a site and no condition on Accounts, whose values may be somebody's name.
 */
const FORMAT = 1;

const fieldName = z.string().check(z.regex(/^[A-Za-z][\w.-]{0,119}$/));
const sectionName = z.string().check(z.regex(/^[a-z]{1,40}$/));
const objectChoice: z.ZodMiniType<Omit<ObjectSelection, 'only'>> = z.strictObject({
  wanted: z.boolean(),
  without: z.array(fieldName).check(z.maxLength(200)),
  extra: z.array(z.strictObject({ name: fieldName, label: z.string().check(z.maxLength(255)) })).check(z.maxLength(200)),
});
const selectionChoice = z.strictObject({
  crm: z.enum(CRMS),
  objects: z.strictObject({
    user: objectChoice,
    account: objectChoice,
    contact: objectChoice,
    lead: objectChoice,
    opportunity: objectChoice,
    task: objectChoice,
  }),
  owner: z.enum(['all', 'mine']),
  withWebsite: z.boolean(),
  leaveOut: z.strictObject({
    optedOut: z.boolean(),
    closedTaskDays: z.nullable(z.number().check(z.int(), z.minimum(1), z.maximum(3650))),
  }),
  reserve: z.number().check(z.minimum(0), z.maximum(0.9)),
});
const backup = z.strictObject({
  sidelight: z.literal('settings'),
  format: z.literal(FORMAT),
  settings: z.strictObject({
    idleMinutes: z.number().check(z.int(), z.minimum(0), z.maximum(720)),
    keepDays: z.number().check(z.int(), z.minimum(0), z.maximum(3650)),
    syncHours: z.literal(SYNC_HOURS),
    overlay: z.enum(OVERLAY_MODES),
    sidebar: z.strictObject({
      order: z.array(sectionName).check(z.maxLength(40)),
      closed: z.array(sectionName).check(z.maxLength(40)),
    }),
    tab: z.nullable(z.strictObject({ edge: z.enum(['left', 'right']), at: z.number().check(z.minimum(0), z.maximum(1)) })),
  }),
  never: z.array(z.enum(NEVER_KINDS)).check(z.maxLength(NEVER_KINDS.length)),
  selections: z.array(selectionChoice).check(z.maxLength(50)),
});

export type Backup = z.infer<typeof backup>;
export type SelectionChoice = Backup['selections'][number];

/** What of a selection goes into the file. */
export function choiceOf(crm: CrmKind, { objects, scope, leaveOut, reserve }: Selection): SelectionChoice {
  const choice = (object: ObjectKind) => {
    const { wanted, without, extra } = objects[object];
    return { wanted, without, extra: extra.map(({ name, label }) => ({ name, label })) };
  };
  return {
    crm,
    objects: {
      user: choice('user'),
      account: choice('account'),
      contact: choice('contact'),
      lead: choice('lead'),
      opportunity: choice('opportunity'),
      task: choice('task'),
    },
    owner: scope.owner,
    withWebsite: scope.withWebsite,
    leaveOut,
    reserve,
  };
}

/** The selection that a choice makes of the one there is: its conditions stay. */
export function chosenWith({ objects, owner, withWebsite, leaveOut, reserve }: SelectionChoice, { scope }: Selection): Selection {
  return { objects, scope: { owner, withWebsite, conditions: scope.conditions }, leaveOut, reserve };
}

/** The file's text. */
export function backupText(content: Omit<Backup, 'sidelight' | 'format'>): string {
  return `${JSON.stringify(backup.parse({ sidelight: 'settings', format: FORMAT, ...content }), null, 2)}\n`;
}

/** What the file says. @throws AppError `backup.newer` for one of a later version, `backup.unreadable` for anything else that is none */
export function readBackup(text: string): Backup {
  const value = parsed(text);
  const head = z.object({ sidelight: z.literal('settings'), format: z.number() }).safeParse(value).data;
  if (head && head.format > FORMAT) throw new AppError('backup.newer');
  const whole = backup.safeParse(value).data;
  if (!whole) throw new AppError('backup.unreadable');
  return whole;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
