import { beforeEach, describe, expect, it } from 'vitest';
import { createOutboxBox, type OutboxBox } from '@/lib/creation/outbox/outbox-box';
import type { OutboxEntry } from '@/lib/creation/outbox/entry';
import { createOutboxRunner, type OutboxRunner } from '@/lib/creation/outbox/runner';
import { SETTLED_MS } from '@/lib/creation/outbox/transitions';
import { AppError } from '@/lib/shared/errors';
import { leadEntry } from '../../../builders/outbox';
import { fakeClock } from '../../../fakes/fake-clock';
import { memoryWriter } from '../../../fakes/memory-writer';

/** A sealed box in memory, as far as the outbox knows one. */
function memoryBoxes() {
  const held = new Map<string, string>();
  return {
    held,
    get: async (name: string): Promise<unknown> => JSON.parse(held.get(name) ?? 'null'),
    put: async (name: string, value: unknown) => {
      held.set(name, JSON.stringify(value));
    },
  };
}

describe('the runner of an outbox', () => {
  let clock: ReturnType<typeof fakeClock>;
  let crm: ReturnType<typeof memoryWriter>;
  let boxes: ReturnType<typeof memoryBoxes>;
  let box: OutboxBox;
  let runner: OutboxRunner;
  let online: boolean;
  let objections: string[];
  let held: boolean;
  let settled: OutboxEntry[];

  /** The next worker: nothing is in memory. */
  function start(): void {
    box = createOutboxBox(boxes, clock.now);
    runner = createOutboxRunner({
      requireAllowed: async () => undefined,
      box,
      writer: crm.writer,
      clock,
      objections: async () => objections,
      stillObjects: async () => true,
      async withLease(work) {
        if (held) return;
        held = true;
        await work().finally(() => {
          held = false;
        });
      },
      isOnline: () => online,
      onChange: () => undefined,
      onSettled: (entry) => settled.push(entry),
    });
  }
  const put = (...entries: OutboxEntry[]) => box.change((all) => [...all, ...entries]);
  const states = async () => (await box.list()).map(({ state }) => state.kind);

  beforeEach(() => {
    clock = fakeClock();
    crm = memoryWriter(clock);
    boxes = memoryBoxes();
    online = true;
    objections = [];
    held = false;
    settled = [];
    start();
  });

  it('sends what is queued, once', async () => {
    await put(leadEntry());
    await Promise.all([runner.run(), runner.run(), runner.run()]);
    expect(await states()).toEqual(['done']);
    expect(crm.records).toHaveLength(1);
    expect(settled).toHaveLength(1);
  });

  it('has sealed the entry before the call', async () => {
    await put(leadEntry());
    let sealed = '';
    crm.on.before = () => {
      sealed = boxes.held.get('outbox') ?? '';
    };
    await runner.run();
    expect(JSON.parse(sealed)).toMatchObject([{ state: { kind: 'sending' }, typed: { values: { LastName: 'Castell' } } }]);
  });

  it('sends nothing when it cannot be sealed', async () => {
    await put(leadEntry());
    boxes.put = async () => {
      throw new AppError('storage.quota');
    };
    await expect(runner.run()).rejects.toMatchObject({ code: 'storage.quota' });
    expect(crm.calls).toEqual([]);
  });

  it('looks before it sends again when the answer was lost', async () => {
    await put(leadEntry());
    crm.on.after = (call) => {
      if (call === 'create') throw new AppError('create.unclear');
    };
    await runner.run();
    expect(crm.calls).toEqual(['create', 'findCreated']);
    expect(await states()).toEqual(['done']);
    expect(crm.records).toHaveLength(1);
  });

  it('sends again when the request never arrived, but not before that is certain', async () => {
    await put(leadEntry());
    let fails = true;
    crm.on.before = (call) => {
      if (call === 'create' && fails) throw new AppError('create.unclear');
    };
    await runner.run();
    expect(await states()).toEqual(['waiting']);
    expect(await runner.dueAt()).toBe(clock.now() + SETTLED_MS);
    fails = false;
    await runner.run();
    expect(crm.calls).toEqual(['create', 'findCreated']);
    clock.wait(SETTLED_MS);
    await runner.run();
    expect(crm.records).toHaveLength(1);
    expect(await states()).toEqual(['done']);
  });

  it('finds what a worker that died had sent', async () => {
    crm.put('lead', { LastName: 'Castell', Company: 'Acme Robotics' });
    await put(leadEntry({ state: { kind: 'sending' }, open: { since: clock.now(), last: clock.now() }, attempts: 1 }));
    start();
    await runner.run();
    expect(await states()).toEqual(['done']);
    expect(crm.records).toHaveLength(1);
  });

  it('does not take another entry’s record for its own', async () => {
    await put(leadEntry());
    await runner.run();
    crm.on.before = (call) => {
      if (call === 'create') throw new AppError('create.unclear');
    };
    await put(leadEntry({ id: 'e2' }));
    await runner.run();
    expect(await states()).toEqual(['done', 'waiting']);
    crm.on.before = () => undefined;
    clock.wait(SETTLED_MS);
    await runner.run();
    expect(crm.records).toHaveLength(2);
  });

  it('asks whether the person may be kept before each create, also of what has waited', async () => {
    online = false;
    await put(leadEntry());
    await runner.run();
    expect(await states()).toEqual(['waiting']);
    online = true;
    objections = ['This person has objected.'];
    await runner.run(true);
    expect(crm.calls).toEqual([]);
    expect((await box.list())[0]?.state).toEqual({ kind: 'basis', reasons: objections });
  });

  it('waits without a network, and goes on when it is back', async () => {
    online = false;
    await put(leadEntry());
    await runner.run();
    expect(crm.calls).toEqual([]);
    online = true;
    await runner.run();
    expect(crm.calls).toEqual([]);
    await runner.run(true);
    expect(await states()).toEqual(['done']);
  });

  it('waits for a login without asking again by itself', async () => {
    crm.on.before = () => {
      throw new AppError('auth.reconnect');
    };
    await put(leadEntry());
    await runner.run();
    clock.wait(24 * 60 * 60_000);
    await runner.run();
    expect(crm.calls).toEqual(['create']);
    expect(await runner.dueAt()).toBeNull();
    crm.on.before = () => undefined;
    await runner.run(true);
    expect(crm.records).toHaveLength(1);
  });

  it('leaves a limit alone until it is over, whatever comes back meanwhile', async () => {
    crm.on.before = () => {
      throw new AppError('crm.limit', { retryAfterMs: 3_600_000 });
    };
    await put(leadEntry());
    await runner.run();
    await runner.run(true);
    expect(crm.calls).toEqual(['create']);
  });

  it('does nothing while another run holds the lease', async () => {
    held = true;
    await put(leadEntry());
    await runner.run();
    expect(crm.calls).toEqual([]);
    expect(await runner.dueAt()).toBe(0);
  });

  it('takes what was put in while it was at work', async () => {
    await put(leadEntry());
    crm.on.before = async () => {
      crm.on.before = () => undefined;
      await put(leadEntry({ id: 'e2', typed: null }));
      void runner.run();
    };
    await runner.run();
    expect(await states()).toEqual(['done', 'done']);
  });

  it('removes what a request that was sent again on its way has made twice', async () => {
    const id = crm.put('lead', {});
    const twin = crm.put('lead', {});
    crm.answers.push({ kind: 'created', id, taskIds: [], doubles: [twin] });
    await put(leadEntry());
    await runner.run();
    expect(crm.records.map((one) => one.id)).toEqual([id]);
  });

  it('takes back the record and the tasks that came with it', async () => {
    const records = leadEntry().records;
    await put(leadEntry({ records: records && { ...records, tasks: [{ Subject: 'Inform' }] } }));
    await runner.run();
    expect(crm.records).toHaveLength(2);
    await box.change((all) =>
      all.map((one) =>
        one.state.kind === 'done' ? { ...one, state: { kind: 'undoing', of: one.state, why: null, until: 0, tries: 0 } } : one,
      ),
    );
    await runner.run();
    expect(crm.records).toEqual([]);
    expect(await states()).toEqual(['undone']);
  });

  it('sends a follow-up once what it points to is there, and with its id', async () => {
    online = false;
    await put(leadEntry());
    const task = leadEntry({
      id: 'e2',
      object: 'task',
      typed: {
        recordTypeId: null,
        values: {},
        labels: {},
        basis: null,
        source: null,
        assign: false,
        followUp: { entryId: 'e1', field: 'WhoId' },
      },
      records: { record: { object: 'task', recordTypeId: null, values: { Subject: 'Call' }, basis: null }, tasks: [] },
    });
    await put(task);
    await runner.run();
    expect(await states()).toEqual(['waiting', 'queued']);
    online = true;
    await runner.run(true);
    expect(crm.records.map(({ values }) => values)).toMatchObject([
      { LastName: 'Castell' },
      { Subject: 'Call', WhoId: 'lead-1' },
    ]);
  });

  it('says so when what a follow-up points to will never be there', async () => {
    const typed = leadEntry().typed;
    await put(leadEntry({ id: 'e2', typed: typed && { ...typed, followUp: { entryId: 'gone', field: 'WhoId' } } }));
    await runner.run();
    expect((await box.list())[0]?.state).toEqual({ kind: 'refused', why: 'record.missing' });
  });

  it('drops what was typed when the record cannot be taken back any more, and the entry an hour later', async () => {
    await put(leadEntry());
    await runner.run();
    expect((await box.list())[0]?.typed).not.toBeNull();
    clock.wait(60_000);
    await box.change((all) => [...all]);
    expect((await box.list())[0]).toMatchObject({ typed: null, records: null, state: { kind: 'done' } });
    clock.wait(60 * 60_000);
    await box.change((all) => [...all]);
    expect(await box.list()).toEqual([]);
  });

  it('keeps what may be taken for an open entry’s record as long as that is open', async () => {
    await put(leadEntry());
    await runner.run();
    await put(leadEntry({ id: 'e2', state: { kind: 'unclear', why: null }, open: { since: clock.now(), last: clock.now() } }));
    clock.wait(2 * 60 * 60_000);
    await box.change((all) => [...all]);
    expect(await box.list()).toHaveLength(2);
  });
});
