import * as z from 'zod/mini';
import { AppError } from '@/lib/shared/errors';

const sectionName = z.string().check(z.maxLength(40));
const AS_SHIPPED = { order: [] as string[], closed: [] as string[] };
export const OVERLAY_MODES = ['tab', 'open', 'asked'] as const;
const SETUP_STEPS = ['unseen', 'about', 'connect', 'sites', 'protection', 'done'] as const;

/** How often a copy is brought up to date, in hours: hourly to weekly. */
export const SYNC_HOURS = [1, 4, 12, 24, 168] as const;

/**
 * What the user has set for the whole profile. It stands in the extension's own storage in clear, so it may hold nothing about
 * a person, a company or a site. A later version adds fields with a default.
 */
const settings = z.object({
  /** Minutes without input after which an unlocked vault locks; 0: only when the screen is locked. */
  idleMinutes: z._default(z.number().check(z.int(), z.minimum(0), z.maximum(720)), 15),
  /** After so many days without a sync that ended well the records of a copy are deleted; 0: never. */
  keepDays: z._default(z.number().check(z.int(), z.minimum(0), z.maximum(3650)), 30),
  /** So many hours after a sync that ended well the next one is due. */
  syncHours: z.catch(z._default(z.literal(SYNC_HOURS), 24), 24),
  /** Parts of the sidebar by name: their order, and which are folded up. Whoever reads it leaves out names it does not know. */
  sidebar: z.catch(z._default(z.object({ order: z.array(sectionName), closed: z.array(sectionName) }), AS_SHIPPED), AS_SHIPPED),
  /** What is done on a site that matches: a tab is shown, the sidebar opens, or nothing until the user asks by key. */
  overlay: z._default(z.enum(OVERLAY_MODES), 'tab'),
  /** Where the setup page was left; `unseen`: it has not been opened. */
  setup: z.catch(z._default(z.enum(SETUP_STEPS), 'unseen'), 'unseen'),
  /** Where the tab was put last, whatever the site: it stands there on sites where it was never moved. */
  tab: z._default(
    z.nullable(z.object({ edge: z.enum(['left', 'right']), at: z.number().check(z.minimum(0), z.maximum(1)) })),
    null,
  ),
});
export type Settings = z.infer<typeof settings>;

const KEY = 'settings';

/** The part of the extension's storage that is needed here. */
interface SettingsArea {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
}

export interface SettingsStore {
  /** What holds: the user's own, within what the administrator allows. */
  get(): Promise<Settings>;
  /** @throws AppError `policy.refused` for what the administrator does not allow; nothing is changed then */
  change(change: Partial<Settings>): Promise<Settings>;
}

/** What the administrator has set of it; null: left to the user. */
interface SettingsLimits {
  maxIdleMinutes: number | null;
  maxKeepDays: number | null;
  overlay: Settings['overlay'] | null;
}

/** Never (0) is longer than anything. */
const atMost = (time: number, most: number | null) => (most !== null && (time === 0 || time > most) ? most : time);

/**
 * So many hours after a sync that ended well the next one is due: as many as were chosen, but at most half of the time for which records are kept
 * without one, or they would be deleted before it. Pure.
 */
export const hoursBetween = ({ syncHours, keepDays }: Pick<Settings, 'syncHours' | 'keepDays'>): number =>
  keepDays === 0 ? syncHours : Math.min(syncHours, keepDays * 12);

/** What of the user's own settings holds. Pure. */
export const within = (own: Settings, { maxIdleMinutes, maxKeepDays, overlay }: SettingsLimits): Settings => ({
  ...own,
  idleMinutes: atMost(own.idleMinutes, maxIdleMinutes),
  keepDays: atMost(own.keepDays, maxKeepDays),
  overlay: overlay ?? own.overlay,
});

const LIMITED = ['idleMinutes', 'keepDays', 'overlay'] as const;

/** The settings kept in `area`. What cannot be read counts as not set. `limits` hold whoever asks for a change. */
export function createSettings(
  area: SettingsArea,
  limits: () => Promise<SettingsLimits> = async () => ({ maxIdleMinutes: null, maxKeepDays: null, overlay: null }),
): SettingsStore {
  const own = async () => settings.safeParse((await area.get(KEY)) ?? {}).data ?? settings.parse({});
  return {
    get: async () => within(await own(), await limits()),
    async change(change) {
      const allowed = await limits();
      const wanted = { ...(await own()), ...change };
      const held = within(wanted, allowed);
      if (LIMITED.some((key) => key in change && held[key] !== wanted[key])) throw new AppError('policy.refused');
      await area.set(KEY, wanted);
      return held;
    },
  };
}
