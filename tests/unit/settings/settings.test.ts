import { describe, expect, it } from 'vitest';
import { createSettings } from '@/lib/settings/settings';
import { memoryArea } from '../../fakes/memory-area';

describe('settings', () => {
  it('are fifteen minutes of idle time until they are changed', async () => {
    expect(await createSettings(memoryArea().area).get()).toEqual({ idleMinutes: 15 });
  });

  it('are what they were changed to, also for the next worker', async () => {
    const { area } = memoryArea();
    expect(await createSettings(area).change({ idleMinutes: 0 })).toEqual({ idleMinutes: 0 });
    expect(await createSettings(area).get()).toEqual({ idleMinutes: 0 });
  });

  it('stay as they are when nothing is changed', async () => {
    const { area } = memoryArea();
    await createSettings(area).change({ idleMinutes: 30 });
    expect(await createSettings(area).change({})).toEqual({ idleMinutes: 30 });
  });

  it.each([null, 7, 'text', [], { idleMinutes: '5' }, { idleMinutes: -1 }, { idleMinutes: 721 }, { idleMinutes: 1.5 }])(
    'count as not set when %j is stored',
    async (stored) => {
      const { area, held } = memoryArea();
      held.settings = stored;
      expect(await createSettings(area).get()).toEqual({ idleMinutes: 15 });
    },
  );

  it('of a later version are kept apart from what this one knows', async () => {
    const { area, held } = memoryArea();
    held.settings = { idleMinutes: 20, theme: 'dark' };
    expect(await createSettings(area).get()).toEqual({ idleMinutes: 20 });
  });
});
