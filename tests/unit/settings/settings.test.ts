import { describe, expect, it } from 'vitest';
import { createSettings } from '@/lib/settings/settings';
import { memoryArea } from '../../fakes/memory-area';

const sidebar = { order: [], closed: [] };
const FIRST = { idleMinutes: 15, keepDays: 30, sidebar, overlay: 'tab', setup: 'unseen', tab: null };

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
