import { describe, expect, it } from 'vitest';
import { createSettings } from '@/lib/settings/settings';
import { memoryArea } from '../../fakes/memory-area';

const sidebar = { order: [], closed: [] };

describe('settings', () => {
  it('are fifteen minutes of idle time until they are changed', async () => {
    expect(await createSettings(memoryArea().area).get()).toEqual({ idleMinutes: 15, sidebar });
  });

  it('are what they were changed to, also for the next worker', async () => {
    const { area } = memoryArea();
    expect(await createSettings(area).change({ idleMinutes: 0 })).toEqual({ idleMinutes: 0, sidebar });
    expect(await createSettings(area).get()).toEqual({ idleMinutes: 0, sidebar });
  });

  it('stay as they are when nothing is changed', async () => {
    const { area } = memoryArea();
    await createSettings(area).change({ idleMinutes: 30 });
    expect(await createSettings(area).change({})).toEqual({ idleMinutes: 30, sidebar });
  });

  it.each([null, 7, 'text', [], { idleMinutes: '5' }, { idleMinutes: -1 }, { idleMinutes: 721 }, { idleMinutes: 1.5 }])(
    'count as not set when %j is stored',
    async (stored) => {
      const { area, held } = memoryArea();
      held.settings = stored;
      expect(await createSettings(area).get()).toEqual({ idleMinutes: 15, sidebar });
    },
  );

  it('of a later version are kept apart from what this one knows', async () => {
    const { area, held } = memoryArea();
    held.settings = { idleMinutes: 20, theme: 'dark' };
    expect(await createSettings(area).get()).toEqual({ idleMinutes: 20, sidebar });
  });

  it('keep the idle time when the arrangement of the sidebar cannot be read', async () => {
    const { area, held } = memoryArea();
    held.settings = { idleMinutes: 20, sidebar: { order: 'tasks' } };
    expect(await createSettings(area).get()).toEqual({ idleMinutes: 20, sidebar });
  });

  it('remember how the sidebar is arranged', async () => {
    const { area } = memoryArea();
    const arranged = { order: ['leads', 'tasks'], closed: ['activity'] };
    await createSettings(area).change({ sidebar: arranged });
    expect((await createSettings(area).get()).sidebar).toEqual(arranged);
  });
});
