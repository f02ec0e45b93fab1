import { OBJECTS, type ObjectKind } from '@/lib/crm/records';
import { isAllowed, type ObjectSelection, type Selection, type SelectionLimits, sound, within } from '@/lib/crm/selection';
import type { BackupChange } from '@/lib/messaging/backup-protocol';
import type { Backup } from '@/lib/settings/backup-file';
import { type Settings, within as settingsWithin } from '@/lib/settings/settings';

type Distributed<T> = T extends unknown ? Omit<T, 'connectionId' | 'crmLabel' | 'orgName'> : never;
/** A change of what is copied, before it is said of which connection. */
type SelectionChange = Distributed<Extract<BackupChange, { connectionId: string }>>;

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
const minus = (all: readonly string[], without: readonly string[]) => all.filter((one) => !without.includes(one));

/**
 * What the file's settings would change in those that hold, and the part that may be changed: what the organisation has set stays, and is
 * told as held. Pure.
 */
export function settingsChanges(
  now: Settings,
  wanted: Backup['settings'],
  limits: Parameters<typeof settingsWithin>[1],
): { changes: BackupChange[]; change: Partial<Settings> } {
  const allowed = settingsWithin({ ...now, ...wanted }, limits);
  const changes: BackupChange[] = [];
  const change: Partial<Settings> = {};
  for (const setting of ['idleMinutes', 'keepDays', 'syncHours'] as const) {
    if (now[setting] === wanted[setting]) continue;
    const held = allowed[setting] !== wanted[setting];
    changes.push({ setting, from: now[setting], to: wanted[setting], held });
    if (!held) Object.assign(change, { [setting]: wanted[setting] });
  }
  if (now.overlay !== wanted.overlay) {
    const held = allowed.overlay !== wanted.overlay;
    changes.push({ setting: 'overlay', from: now.overlay, to: wanted.overlay, held });
    if (!held) change.overlay = wanted.overlay;
  }
  if (!isSame(now.sidebar, wanted.sidebar)) {
    changes.push({ setting: 'sidebar', held: false });
    change.sidebar = wanted.sidebar;
  }
  if (!isSame(now.tab, wanted.tab)) {
    changes.push({ setting: 'tab', held: false });
    change.tab = wanted.tab;
  }
  return { changes, change };
}

const wantedOf = ({ objects }: Selection) => OBJECTS.filter((object) => objects[object].wanted);
const namesOf = (extra: ObjectSelection['extra']) => extra.map(({ name }) => name);

type FieldChange = Extract<SelectionChange, { setting: 'fields' }>;
const isSomething = ({ leftOut, copiedAgain, added, dropped }: FieldChange) =>
  [leftOut, copiedAgain, added, dropped].some((list) => list.length > 0);

/** What a choice would change, and what to store for it; null: nothing of it may be changed. */
interface SelectionPlan {
  changes: SelectionChange[];
  selection: Selection | null;
}

/** Which records are copied. Kinds that the organisation has set are a change of their own, which is held. */
function objectChanges(now: Selection, asked: Selection, limits: SelectionLimits): SelectionChange[] {
  const [from, wanted] = [wantedOf(now), wantedOf(asked)];
  const to = OBJECTS.filter((object) => (isAllowed(object, limits) ? wanted : from).includes(object));
  const isHeld = (object: ObjectKind) => !isAllowed(object, limits) && from.includes(object) !== wanted.includes(object);
  const changes: SelectionChange[] = [];
  if (!isSame(from, to)) changes.push({ setting: 'objects', from, to, held: false });
  if (OBJECTS.some(isHeld)) {
    changes.push({ setting: 'objects', from: from.filter(isHeld), to: wanted.filter(isHeld), held: true });
  }
  return changes;
}

/** Which fields of an object are copied: what may be changed, and the further fields that the organisation does not allow. */
function fieldChanges(object: ObjectKind, old: ObjectSelection, asked: ObjectSelection, allowed: ObjectSelection): FieldChange[] {
  const forbidden = minus(namesOf(asked.extra), namesOf(allowed.extra));
  const change: FieldChange = {
    setting: 'fields',
    object,
    leftOut: minus(asked.without, old.without),
    copiedAgain: minus(old.without, asked.without),
    added: minus(namesOf(allowed.extra), namesOf(old.extra)),
    dropped: minus(namesOf(old.extra), namesOf(asked.extra)),
    held: false,
  };
  const held = { leftOut: [], copiedAgain: [], added: minus(forbidden, namesOf(old.extra)), dropped: [] };
  return [change, { setting: 'fields' as const, object, ...held, held: true }].filter(isSomething);
}

/** Everything else, none of which an organisation can set. */
function otherChanges(now: Selection, asked: Selection): SelectionChange[] {
  const changes: SelectionChange[] = [];
  if (now.scope.owner !== asked.scope.owner) changes.push({ setting: 'owner', to: asked.scope.owner, held: false });
  if (now.scope.withWebsite !== asked.scope.withWebsite) {
    changes.push({ setting: 'withWebsite', to: asked.scope.withWebsite, held: false });
  }
  const [left, leaving] = [now.leaveOut, asked.leaveOut];
  if (left.optedOut !== leaving.optedOut) changes.push({ setting: 'optedOut', to: leaving.optedOut, held: false });
  if (left.closedTaskDays !== leaving.closedTaskDays) {
    changes.push({ setting: 'closedTasks', from: left.closedTaskDays, to: leaving.closedTaskDays, held: false });
  }
  if (now.reserve !== asked.reserve) changes.push({ setting: 'reserve', from: now.reserve, to: asked.reserve, held: false });
  return changes;
}

/** The selection there is with one change of it done; a held one changes nothing. */
function withChange(selection: Selection, change: SelectionChange, asked: Selection): Selection {
  if (change.held) return selection;
  const { objects, scope, leaveOut } = selection;
  switch (change.setting) {
    case 'objects': {
      const chosen = structuredClone(objects);
      for (const object of OBJECTS) chosen[object].wanted = change.to.includes(object);
      return { ...selection, objects: chosen };
    }
    case 'fields': {
      const { object, added, dropped } = change;
      const kept = objects[object].extra.filter(({ name }) => !dropped.includes(name));
      const fresh = asked.objects[object].extra.filter(({ name }) => added.includes(name));
      const one = { ...objects[object], without: asked.objects[object].without, extra: [...kept, ...fresh] };
      return { ...selection, objects: { ...objects, [object]: one } };
    }
    case 'owner':
      return { ...selection, scope: { ...scope, owner: change.to } };
    case 'withWebsite':
      return { ...selection, scope: { ...scope, withWebsite: change.to } };
    case 'optedOut':
      return { ...selection, leaveOut: { ...leaveOut, optedOut: change.to } };
    case 'closedTasks':
      return { ...selection, leaveOut: { ...leaveOut, closedTaskDays: change.to } };
    case 'reserve':
      return { ...selection, reserve: change.to };
  }
}

/** What a limit adds to a selection is never stored. */
function withoutLimits(selection: Selection): Selection {
  const objects = structuredClone(selection.objects);
  for (const object of OBJECTS) delete objects[object].only;
  return { ...selection, objects };
}

/**
 * What a choice would change in what is copied now (as it holds), and the selection to store: the one there is, with each change that is not
 * held. What the organisation does not allow is neither copied nor stored, whatever the file says, and is told as held. Pure.
 */
export function selectionChanges(now: Selection, wanted: Selection, limits: SelectionLimits): SelectionPlan {
  const asked = sound(wanted);
  const allowed = within(wanted, limits);
  const changes = [
    ...objectChanges(now, asked, limits),
    ...OBJECTS.flatMap((object) => fieldChanges(object, now.objects[object], asked.objects[object], allowed.objects[object])),
    ...otherChanges(now, asked),
  ];
  if (changes.every(({ held }) => held)) return { changes, selection: null };
  const changed = changes.reduce((selection, change) => withChange(selection, change, asked), now);
  return { changes, selection: sound(withoutLimits(changed)) };
}
