import { beforeEach, describe, expect, it } from 'vitest';
import type { Connector, LiveAccount, Usage, Want } from '@/lib/connectors/connector';
import { defaultSelection } from '@/lib/crm/selection';
import { AppError } from '@/lib/shared/errors';
import { createLiveRefresh, type LiveRefresh } from '@/lib/sync/live-refresh';
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

describe('a live refresh of an Account', () => {
  let test: TestStore;
  let clock: ReturnType<typeof fakeClock>;
  let overtaken: Overtaken;
  let refresh: LiveRefresh;
  let answered: string[];
  let asked: (readonly Want[])[];
  let answer: () => LiveAccount | null;
  let usage: Usage | null;

  beforeEach(async () => {
    test = await testStore();
    clock = fakeClock();
    overtaken = createOvertaken(clock);
    answered = [];
    asked = [];
    usage = null;
    answer = () => ({ records: { account: [account], contact: [contact('c1', 'Cora'), contact('c2', 'Carl')] }, partial: {} });
    const base = createMemoryConnector({ crm: createMemoryCrm(), pageSize: 3, deletionWindowMs: 1 });
    const connector: Connector = {
      ...base,
      usage: () => usage,
      async account(_, wants) {
        asked.push(wants);
        return answer();
      },
    };
    refresh = createLiveRefresh({
      connector,
      store: test.store,
      clock,
      selection: async () => defaultSelection(),
      overtaken,
      onAnswer: (id) => answered.push(id),
    });
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
