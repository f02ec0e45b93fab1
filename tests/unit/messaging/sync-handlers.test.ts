import { beforeEach, describe, expect, it } from 'vitest';
import type { LiveConnection } from '@/entrypoints/background/live-connection';
import { createSyncHandlers } from '@/entrypoints/background/sync-handlers';
import { createSettings } from '@/lib/settings/settings';
import { memoryArea } from '../../fakes/memory-area';
import type { Syncs } from '@/entrypoints/background/syncs';
import type { FieldChoice } from '@/lib/connectors/connector';
import { defaultSelection, NO_LIMITS } from '@/lib/crm/selection';
import type { Caller } from '@/lib/messaging/router';
import { AppError } from '@/lib/shared/errors';
import { codeOf } from '../../builders/codes';
import { type RunnerScene, runnerScene } from '../sync/runner-scene';

const caller: Caller = { role: 'options', tabId: null, documentId: null, url: '' };
const field = (model: string | null): FieldChoice => ({ name: `The ${model}`, label: '', model, filterable: true, options: [] });

describe('what the background answers about syncs', () => {
  let scene: RunnerScene;
  /** Runs that were handed on to be kept awake. */
  let kept: string[];
  let marked: number;
  /** How often the next look was planned anew. */
  let planned: number;
  let settings: ReturnType<typeof createSettings>;
  let handlers: ReturnType<typeof createSyncHandlers>;
  beforeEach(async () => {
    scene = await runnerScene();
    kept = [];
    marked = 0;
    planned = 0;
    settings = createSettings(memoryArea().area);
    const connector = {
      fields: async () => [field('name'), field('phone'), field(null)],
      preview: async () => ({ accounts: 12 }),
    };
    const live = { entry: { id: 'c1' }, runner: scene.worker(), connector } as unknown as LiveConnection;
    const syncs: Pick<Syncs, 'startNow' | 'markTrouble' | 'replan'> = {
      startNow: ({ entry }) => {
        kept.push(entry.id);
      },
      markTrouble: async () => {
        marked += 1;
      },
      replan: async () => {
        planned += 1;
      },
    };
    const get = async (id: string) => {
      if (id !== 'c1') throw new AppError('connection.missing');
      return live;
    };
    handlers = createSyncHandlers({ get }, syncs, async () => NO_LIMITS, settings);
  });
  const connectionId = 'c1';

  it('names no connection that is not there', async () => {
    for (const name of ['sync.start', 'sync.history', 'selection.get'] as const) {
      expect(await codeOf(handlers[name]({ connectionId: 'c2' }, caller))).toBe('connection.missing');
    }
  });

  it('says which fields cannot be left out', async () => {
    const options = await handlers['selection.fields']({ connectionId, object: 'account' }, caller);
    expect(options.map(({ model, needed }) => [model, needed])).toEqual([
      ['name', true],
      ['phone', false],
      [null, false],
    ]);
  });

  it('tells how often copies are brought up to date, and how often in fact when records would be deleted before', async () => {
    expect(await handlers['sync.schedule']({}, caller)).toEqual({ hours: 24, holds: 24, keepDays: 30 });
    await settings.change({ keepDays: 7 });
    expect(await handlers['sync.every']({ hours: 168 }, caller)).toEqual({ hours: 168, holds: 84, keepDays: 7 });
    expect(await handlers['sync.schedule']({}, caller)).toEqual({ hours: 168, holds: 84, keepDays: 7 });
  });

  it('plans the next look anew when the time between syncs is changed, not when it is asked for', async () => {
    await handlers['sync.schedule']({}, caller);
    expect(planned).toBe(0);
    await handlers['sync.every']({ hours: 1 }, caller);
    expect(planned).toBe(1);
  });

  it('asks the CRM how many Accounts a scope selects', async () => {
    const { scope } = defaultSelection();
    expect(await handlers['selection.preview']({ connectionId, scope }, caller)).toEqual({ accounts: 12 });
  });

  it('stores a selection, and keeps the worker awake for the run that follows', async () => {
    const selection = { ...defaultSelection(), reserve: 0.4 };
    await handlers['selection.save']({ connectionId, selection }, caller);
    expect(kept).toEqual(['c1']);
    expect(await handlers['selection.get']({ connectionId }, caller)).toEqual(selection);
  });

  describe('given deletions that wait for an answer', () => {
    beforeEach(async () => {
      scene.engine = async ({ report }) => {
        report.held.push({ object: 'lead', count: 60, of: 90, ids: [] });
      };
      await scene.worker().run();
    });

    it('keeps the worker awake for the run that removes them', async () => {
      expect(await handlers['sync.held']({ connectionId, object: 'lead' }, caller)).toEqual({ count: 60, of: 90, items: [] });
      await handlers['sync.answer']({ connectionId, object: 'lead', answer: 'remove' }, caller);
      expect([kept, marked]).toEqual([['c1'], 0]);
    });

    it('takes the mark off the toolbar when they are kept, and starts nothing', async () => {
      await handlers['sync.answer']({ connectionId, object: 'lead', answer: 'keep' }, caller);
      expect([kept, marked]).toEqual([[], 1]);
      expect(await handlers['sync.history']({ connectionId }, caller)).toHaveLength(1);
    });
  });
});
