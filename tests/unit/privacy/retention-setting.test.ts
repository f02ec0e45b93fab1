import { expect, it } from 'vitest';
import { createPrivacyHandlers } from '@/entrypoints/background/privacy-handlers';
import type { Caller } from '@/lib/messaging/router';
import { createSettings } from '@/lib/settings/settings';
import { memoryArea } from '../../fakes/memory-area';

const caller: Caller = { role: 'options', tabId: null, documentId: null, url: '' };

it('plans the next sync anew when records are kept for another time, with what was set then', async () => {
  const settings = createSettings(memoryArea().area);
  const planned: number[] = [];
  const syncs = { replan: async () => void planned.push((await settings.get()).keepDays) };
  const handlers = createPrivacyHandlers({ settings, syncs } as Parameters<typeof createPrivacyHandlers>[0]);
  expect(await handlers['privacy.retention']({}, caller)).toEqual({ keepDays: 30 });
  expect(planned).toEqual([]);
  expect(await handlers['privacy.retain']({ keepDays: 7 }, caller)).toEqual({ keepDays: 7 });
  expect(planned).toEqual([7]);
});
