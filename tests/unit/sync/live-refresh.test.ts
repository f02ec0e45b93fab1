import { beforeEach, describe, expect, it } from 'vitest';
import type { Connector, LiveAccount, Usage, Want } from '@/lib/connectors/connector';
import { leftOutAt } from '@/lib/crm/leave-out';
import { defaultSelection } from '@/lib/crm/selection';
import { AppError } from '@/lib/shared/errors';
import { createLiveRefresh, type LiveRefresh } from '@/lib/sync/live-refresh';
import { createAskedAt, type TimeArea } from '@/lib/sync/asked-at';
import { createOvertaken, type Overtaken } from '@/lib/sync/overtaken';
import { record } from '../../builders/records';
import { type TestStore, testStore } from '../../builders/store';
import { fakeClock } from '../../fakes/fake-clock';
import { createMemoryConnector, createMemoryCrm } from '../../fakes/memory-connector';

const MINUTE = 60_000;
const STAMP = '2026-01-01T00:00:00.000Z';
const LATER = '2026-01-02T00:00:00.000Z';
const KNOWN = { id: 'a1', domains: ['acme.com'], leadIds: ['l1'] };

const account = record('account', 'a1', { name: 'Acme' }, STAMP);
const contact = (id: string, name: string, stamp = STAMP) => record('contact', id, { accountId: 'a1', name }, stamp);

/** What is stored of an object whose first pull is whole. */
const whole = (object: string, fields = ['Name']) => ({
  checkpoint: {
    coveredUntil: STAMP,
    deletedUntil: STAMP,
    wanted: fields,
    fields,
    types: {},
    describedAt: STAMP,
    scope: `of ${object}`,
    pull: null,
  },
  compared: null,
  held: null,
  owed: null,
});

describe('a live refresh of an Account', () => {
  let test: TestStore;
  let clock: ReturnType<typeof fakeClock>;
  let overtaken: Overtaken;
  let refresh: LiveRefresh;
  let answered: string[];
  let asked: (readonly Want[])[];
  let answer: () => LiveAccount | null;
  let answerLate: (() => Promise<LiveAccount | null>) | null;
  let usage: Usage | null;
  let lastUsage: Usage | null;
  let memory: TimeArea;
  let chosen: ReturnType<typeof defaultSelection>;
  let start: () => LiveRefresh;

  beforeEach(async () => {
    test = await testStore();
    clock = fakeClock();
    overtaken = createOvertaken(clock);
    answered = [];
    answerLate = null;
    asked = [];
    usage = null;
    lastUsage = null;
    chosen = defaultSelection();
    const kept = new Map<string, unknown>();
    memory = { get: async (key) => kept.get(key), set: async (key, value) => void kept.set(key, value) };
    answer = () => ({ records: { account: [account], contact: [contact('c1', 'Cora'), contact('c2', 'Carl')] }, partial: {} });
    const base = createMemoryConnector({ crm: createMemoryCrm(), pageSize: 3, deletionWindowMs: 1 });
    const connector: Connector = {
      ...base,
      usage: () => usage,
      async account(_, wants) {
        asked.push(wants);
        return answerLate ? answerLate() : answer();
      },
    };
    start = () =>
      createLiveRefresh({
        connector,
        store: test.store,
        clock,
        selection: async () => chosen,
        overtaken,
        lastUsage: async () => lastUsage,
        askedAt: createAskedAt(memory, clock, 'c1'),
        onAnswer: (id) => answered.push(id),
      });
    refresh = start();
    await test.store.apply({ object: 'account', upserts: [], deletions: [], newBefore: null }, whole('account'));
    await test.store.apply({ object: 'account', upserts: [account], deletions: [], newBefore: null });
    const contacts = [contact('c1', 'Cora'), contact('c2', 'Carl')];
    await test.store.apply({ object: 'contact', upserts: contacts, deletions: [], newBefore: null });
  });

  const names = async () => (await test.store.at('contact', 'a1')).map(({ fields }) => fields.name).sort();

  it('says that the CRM is being asked while it is, and that its answer is shown when it has come', async () => {
    expect(refresh.state('a1').state).toBe('stored');
    const asking = refresh.ask(KNOWN);
    expect(refresh.state('a1').state).toBe('asking');
    await asking;
    expect(refresh.state('a1')).toMatchObject({ state: 'live', at: clock.now(), code: null, gone: 0 });
    expect(answered).toEqual(['a1']);
  });

  it('asks by the same boundary of what is left out as the copy has', async () => {
    chosen.leaveOut = { optedOut: true, closedTaskDays: 30 };
    await refresh.ask(KNOWN);
    expect(asked.flat().map(({ leftOut }) => leftOut)).toEqual(asked.flat().map(() => leftOutAt(chosen.leaveOut, clock.now())));
    expect(asked.flat().length).toBeGreaterThan(0);
  });

  it('marks nothing when the CRM says what the copy has', async () => {
    await refresh.ask(KNOWN);
    expect([...refresh.state('a1').fresh]).toEqual([]);
  });

  it('brings what is new and changed into the copy, removes what is gone, and says which', async () => {
    answer = () => ({
      records: { account: [account], contact: [contact('c1', 'Cora Renamed', LATER), contact('c3', 'New')] },
      partial: {},
    });
    await refresh.ask(KNOWN);
    expect(await names()).toEqual(['Cora Renamed', 'New']);
    expect([...refresh.state('a1').fresh]).toEqual([
      ['c1', 'changed'],
      ['c3', 'new'],
    ]);
    expect(refresh.state('a1').gone).toBe(1);
  });

  it('removes nothing when the answer was too long to be whole', async () => {
    answer = () => ({ records: { contact: [contact('c1', 'Cora')] }, partial: { contact: true } });
    await refresh.ask(KNOWN);
    expect(await names()).toEqual(['Carl', 'Cora']);
  });

  it('leaves alone what the answer says nothing about', async () => {
    answer = () => ({ records: { account: [account] }, partial: {} });
    await refresh.ask(KNOWN);
    expect(await names()).toEqual(['Carl', 'Cora']);
  });

  it('removes the Account when the user cannot see it any more', async () => {
    answer = () => null;
    await refresh.ask(KNOWN);
    expect(await test.store.get('account', 'a1')).toBeNull();
    expect(refresh.state('a1')).toMatchObject({ state: 'live', gone: 1 });
  });

  it('compares the Leads that the view knows, wherever they live', async () => {
    const lead = (name: string, stamp: string) => record('lead', 'l1', { name }, stamp);
    await test.store.apply({ object: 'lead', upserts: [lead('Leo', STAMP)], deletions: [], newBefore: null });
    answer = () => ({ records: { lead: [lead('Leo Renamed', LATER)] }, partial: {} });
    await refresh.ask(KNOWN);
    expect((await test.store.get('lead', 'l1'))?.fields.name).toBe('Leo Renamed');
    expect([...refresh.state('a1').fresh]).toEqual([['l1', 'changed']]);
  });

  describe('given an Account that was asked about a moment ago', () => {
    it('does not ask again within three minutes, and does after them', async () => {
      await refresh.ask(KNOWN);
      clock.wait(3 * MINUTE - 1);
      await refresh.ask(KNOWN);
      expect(asked).toHaveLength(1);
      clock.wait(1);
      await refresh.ask(KNOWN);
      expect(asked).toHaveLength(2);
    });

    it('asks about another one at once', async () => {
      await refresh.ask(KNOWN);
      await refresh.ask({ ...KNOWN, id: 'a2' });
      expect(asked).toHaveLength(2);
    });

    it('takes the marks away after a while and keeps the time', async () => {
      answer = () => ({
        records: { contact: [contact('c1', 'Cora'), contact('c2', 'Carl'), contact('c3', 'New')] },
        partial: {},
      });
      await refresh.ask(KNOWN);
      const { at } = refresh.state('a1');
      clock.wait(4 * MINUTE);
      expect(refresh.state('a1')).toMatchObject({ state: 'live', at, gone: 0 });
      expect(refresh.state('a1').fresh.size).toBe(0);
    });
  });

  describe('given a CRM that cannot be asked', () => {
    it('says why, tells the view, and leaves the copy as it was', async () => {
      answer = () => {
        throw new AppError('crm.offline');
      };
      await refresh.ask(KNOWN);
      expect(refresh.state('a1')).toMatchObject({ state: 'failed', code: 'crm.offline', at: null });
      expect(answered).toEqual(['a1']);
      expect(await names()).toEqual(['Carl', 'Cora']);
    });

    it('spares the org’s reserve of calls', async () => {
      usage = { used: 800, max: 1000 };
      await refresh.ask(KNOWN);
      expect(refresh.state('a1')).toMatchObject({ state: 'failed', code: 'crm.reserve' });
      expect(asked).toEqual([]);
    });
  });

  it('spares the reserve also in a worker that has asked nothing yet', async () => {
    lastUsage = { used: 800, max: 1000 };
    await refresh.ask(KNOWN);
    expect(refresh.state('a1')).toMatchObject({ state: 'failed', code: 'crm.reserve' });
    expect(asked).toEqual([]);
  });

  it('does not ask again a moment later because the worker was started anew', async () => {
    await refresh.ask(KNOWN);
    clock.wait(MINUTE);
    const next = start();
    await next.ask(KNOWN);
    expect(asked).toHaveLength(1);
    expect(next.state('a1').state).toBe('stored');
    clock.wait(2 * MINUTE);
    await next.ask(KNOWN);
    expect(asked).toHaveLength(2);
  });

  it('does not claim to be live while the first sync is under way, and asks nobody', async () => {
    const { checkpoint, ...notes } = whole('account');
    const filling = { ...notes, checkpoint: { ...checkpoint, coveredUntil: null } };
    await test.store.apply({ object: 'account', upserts: [], deletions: [], newBefore: null }, filling);
    await refresh.ask(KNOWN);
    expect(asked).toEqual([]);
    expect(refresh.state('a1').state).toBe('stored');
  });

  describe('given an answer that comes late', () => {
    const lateAnswer = (meanwhile: () => Promise<unknown>) => {
      const live = answer();
      return async () => {
        await meanwhile();
        return live;
      };
    };

    it('writes nothing of an object that a run has written meanwhile', async () => {
      answer = () => ({ records: { contact: [contact('c1', 'Old answer', LATER)] }, partial: {} });
      answerLate = lateAnswer(() =>
        test.store.apply({ object: 'contact', upserts: [], deletions: [], newBefore: null }, whole('contact')),
      );
      await refresh.ask(KNOWN);
      expect(await names()).toEqual(['Carl', 'Cora']);
    });

    it('brings nothing back of what the user has chosen to leave out meanwhile', async () => {
      answer = () => ({ records: { contact: [contact('c9', 'Unwanted', LATER)] }, partial: {} });
      answerLate = lateAnswer(async () => {
        chosen = defaultSelection();
        chosen.objects.contact.wanted = false;
      });
      await refresh.ask(KNOWN);
      expect(await names()).toEqual(['Carl', 'Cora']);
    });
  });

  describe('given a sync run at the same time', () => {
    it('notes what it wrote, so that an older page of the run does not undo it', async () => {
      const before = clock.now();
      answer = () => ({ records: { contact: [contact('c1', 'Cora Renamed', LATER)] }, partial: {} });
      await refresh.ask(KNOWN);
      expect(overtaken.since('contact', 'c1', before)).toBe(true);
      expect(overtaken.since('contact', 'c2', before)).toBe(true);
      expect(overtaken.since('account', 'a1', before)).toBe(false);
    });

    it('does not touch what was written after it had asked', async () => {
      answer = () => {
        overtaken.note('contact', ['c1', 'c2', 'c9']);
        return { records: { contact: [contact('c1', 'Older answer', LATER)] }, partial: {} };
      };
      await refresh.ask(KNOWN);
      expect(await names()).toEqual(['Carl', 'Cora']);
    });
  });
});
