import { OBJECTS } from '@/lib/crm/records';
import { type ObjectSelection, type Selection, type SelectionLimits, sound, within } from '@/lib/crm/selection';
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

/**
 * What a choice would change in what is copied now; both as they hold. What the organisation does not allow is not copied, whatever the file
 * says, and is told as held. Pure.
 */
export function selectionChanges(now: Selection, wanted: Selection, limits: SelectionLimits): SelectionChange[] {
  const asked = sound(wanted);
  const allowed = within(wanted, limits);
  const changes: SelectionChange[] = [];
  const [from, to] = [wantedOf(now), wantedOf(asked)];
  if (!isSame(from, to)) changes.push({ setting: 'objects', from, to, held: !isSame(to, wantedOf(allowed)) });
  for (const object of OBJECTS) {
    const [old, fresh] = [now.objects[object], asked.objects[object]];
    const fields = {
      leftOut: minus(fresh.without, old.without),
      copiedAgain: minus(old.without, fresh.without),
      added: minus(namesOf(fresh.extra), namesOf(old.extra)),
      dropped: minus(namesOf(old.extra), namesOf(fresh.extra)),
    };
    if (Object.values(fields).every((list) => list.length === 0)) continue;
    changes.push({ setting: 'fields', object, ...fields, held: !isSame(fresh.extra, allowed.objects[object].extra) });
  }
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
