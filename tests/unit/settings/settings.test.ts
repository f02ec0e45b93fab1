import { describe, expect, it } from 'vitest';
import { createSettings, hoursBetween } from '@/lib/settings/settings';
import { codeOf } from '../../builders/codes';
import { memoryArea } from '../../fakes/memory-area';

const sidebar = { order: [], closed: [] };
const FIRST = { idleMinutes: 15, keepDays: 30, syncHours: 24, sidebar, overlay: 'tab', setup: 'unseen', tab: null };

describe('settings', () => {
  it('are fifteen minutes of idle time and a tab until they are changed', async () => {
    expect(await createSettings(memoryArea().area).get()).toEqual(FIRST);
  });

  it('are what they were changed to, also for the next worker', async () => {
    const { area } = memoryArea();
    expect(await createSettings(area).change({ idleMinutes: 0 })).toEqual({ ...FIRST, idleMinutes: 0 });
    expect(await createSettings(area).get()).toEqual({ ...FIRST, idleMinutes: 0 });
  });

  it('stay as they are when nothing is changed', async () => {
    const { area } = memoryArea();
    await createSettings(area).change({ idleMinutes: 30 });
    expect(await createSettings(area).change({})).toEqual({ ...FIRST, idleMinutes: 30 });
  });

  it.each([
    null,
    7,
    'text',
    [],
    { idleMinutes: '5' },
    { keepDays: -1 },
    { idleMinutes: -1 },
    { idleMinutes: 721 },
    { idleMinutes: 1.5 },
    { overlay: 'loud' },
    { tab: { edge: 'top', at: 0 } },
  ])('count as not set when %j is stored', async (stored) => {
    const { area, held } = memoryArea();
    held.settings = stored;
    expect(await createSettings(area).get()).toEqual(FIRST);
  });

  it('of a later version are kept apart from what this one knows', async () => {
    const { area, held } = memoryArea();
    held.settings = { idleMinutes: 20, theme: 'dark' };
    expect(await createSettings(area).get()).toEqual({ ...FIRST, idleMinutes: 20 });
  });

  it('keep the idle time when the arrangement of the sidebar cannot be read', async () => {
    const { area, held } = memoryArea();
    held.settings = { idleMinutes: 20, sidebar: { order: 'tasks' } };
    expect(await createSettings(area).get()).toEqual({ ...FIRST, idleMinutes: 20 });
  });

  it('remember how the sidebar is arranged', async () => {
    const { area } = memoryArea();
    const arranged = { order: ['leads', 'tasks'], closed: ['activity'] };
    await createSettings(area).change({ sidebar: arranged });
    expect((await createSettings(area).get()).sidebar).toEqual(arranged);
  });

  it('keep everything else when it cannot be read where the setup was left', async () => {
    const { area, held } = memoryArea();
    held.settings = { idleMinutes: 20, setup: 'step five' };
    expect(await createSettings(area).get()).toEqual({ ...FIRST, idleMinutes: 20 });
  });
});

describe('settings within a policy', () => {
  const limited = (
    own: object,
    limits: { maxIdleMinutes?: number; maxKeepDays?: number; overlay?: 'tab' | 'open' | 'asked' },
  ) => {
    const { area, held } = memoryArea();
    held.settings = own;
    return {
      held,
      settings: createSettings(area, async () => ({ maxIdleMinutes: null, maxKeepDays: null, overlay: null, ...limits })),
    };
  };

  it.each([
    [15, 10, 10],
    [5, 10, 5],
    [10, 10, 10],
    [0, 10, 10],
  ])('%i minutes of the user and %i at most are %i', async (idleMinutes, maxIdleMinutes, held) => {
    expect((await limited({ idleMinutes }, { maxIdleMinutes }).settings.get()).idleMinutes).toBe(held);
  });

  it.each([
    [30, 7, 7],
    [3, 7, 3],
    [0, 7, 7],
  ])('%i days of the user and %i at most are %i', async (keepDays, maxKeepDays, held) => {
    expect((await limited({ keepDays }, { maxKeepDays }).settings.get()).keepDays).toBe(held);
  });

  it.each([0, 8, 365])('a change to %i days is refused and stored nowhere', async (keepDays) => {
    const { settings, held } = limited({ keepDays: 5 }, { maxKeepDays: 7 });
    expect(await codeOf(settings.change({ keepDays }))).toBe('policy.refused');
    expect(held.settings).toEqual({ keepDays: 5 });
  });

  it.each([0, 11, 720])('a change to %i minutes is refused and stored nowhere', async (idleMinutes) => {
    const { settings, held } = limited({ idleMinutes: 5 }, { maxIdleMinutes: 10 });
    expect(await codeOf(settings.change({ idleMinutes }))).toBe('policy.refused');
    expect(held.settings).toEqual({ idleMinutes: 5 });
  });

  it('a shorter time may be chosen, and what is not limited too', async () => {
    const { settings } = limited({}, { maxIdleMinutes: 10, overlay: 'asked' });
    expect(await settings.change({ idleMinutes: 3 })).toMatchObject({ idleMinutes: 3, overlay: 'asked' });
    expect(await settings.change({ sidebar: { order: ['tasks'], closed: [] } })).toMatchObject({ idleMinutes: 3 });
  });

  it('what the sidebar does is the organisation\u2019s, and the user\u2019s own comes back with the end of the policy', async () => {
    const { settings, held } = limited({ overlay: 'open' }, { overlay: 'asked' });
    expect((await settings.get()).overlay).toBe('asked');
    expect(await codeOf(settings.change({ overlay: 'open' }))).toBe('policy.refused');
    await settings.change({ tab: null });
    expect(held.settings).toMatchObject({ overlay: 'open' });
  });
});

describe('the time between two syncs', () => {
  it.each([
    { syncHours: 24, keepDays: 30, holds: 24 },
    { syncHours: 168, keepDays: 30, holds: 168 },
    { syncHours: 168, keepDays: 7, holds: 84 },
    { syncHours: 24, keepDays: 1, holds: 12 },
    { syncHours: 1, keepDays: 1, holds: 1 },
    { syncHours: 168, keepDays: 0, holds: 168 },
  ] as const)('is $holds hours where $syncHours were chosen and records are kept for $keepDays days', ({ holds, ...chosen }) => {
    expect(hoursBetween(chosen)).toBe(holds);
  });
});
