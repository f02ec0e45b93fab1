import { isDeepStrictEqual } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import type { OutboxEntry } from '@/lib/creation/outbox/entry';
import { next } from '@/lib/creation/outbox/transitions';
import { AppError } from '@/lib/shared/errors';
import { leadEntry } from '../../builders/outbox';
import { type SalesforceTest, salesforceTest } from '../../builders/salesforce';
import type { FaultKind } from '../../sandbox-crm/http/faults.ts';
import { createRandom } from '../../sandbox-crm/seed/random.ts';
import { type Disk, MOMENTS, type Moment, newDisk, startWorker, type Worker } from './worker';

/**
 * The worker killed, the network cut, the answer lost, the session expired, before, during and after each step of a create:
 * exactly one record in the sandbox, and nothing that was typed is lost. Each case has a seed of its own.
 */
const CASES = 320;
const FIRST_SEED = Number(process.env.OUTBOX_SEED ?? 1);
/** More rounds than any mixture of faults needs; each is what an alarm, an unlock or a reconnect would start. */
const MOST_ROUNDS = 40;
const ROUND_MS = 100_000;

type Trouble = { before: 'cut' | 'lost-after' } | { fault: FaultKind } | { kill: Moment; skip: number } | { offline: number };

const FAULTS: readonly [FaultKind, ...FaultKind[]] = [
  { kind: 'session-expired' },
  { kind: 'api-limit' },
  { kind: 'server-error' },
  { kind: 'maintenance' },
  { kind: 'html' },
  { kind: 'drop' },
  { kind: 'drop', afterBytes: 5 },
  { kind: 'truncate' },
];

describe('a Lead on its way through trouble', () => {
  let crm: SalesforceTest;
  /** What the network does with the next request: nothing, not let it out, or lose what comes back. */
  let network: ('cut' | 'lost-after')[] = [];
  /** Seeds whose typed text was nowhere at some moment. */
  const lost: number[] = [];

  beforeAll(async () => {
    crm = await salesforceTest(
      { seed: 3, accounts: 2, contacts: 2, leads: 2, opportunities: 0, tasks: 0, frozen: true, accessTokenSeconds: 1e9 },
      {},
    );
  });

  const rows = (name: string) => [...crm.sandbox.org.rows('Lead')].filter((row) => row.LastName === name);

  function writer() {
    const plain = crm.another().writer;
    // A network that loses what is on the way: the CRM may have done it, or never heard of it.
    const onNetwork =
      <A extends unknown[], T>(work: (...asked: A) => Promise<T>, lost: 'create.unclear' | 'crm.offline') =>
      async (...asked: A): Promise<T> => {
        const how = network.shift();
        if (how === 'cut') throw new AppError(lost);
        const result = await work(...asked);
        if (how === 'lost-after') throw new AppError(lost);
        return result;
      };
    return {
      ...plain,
      create: onNetwork(plain.create, 'create.unclear'),
      findCreated: onNetwork(plain.findCreated, 'crm.offline'),
      remove: onNetwork(plain.remove, 'crm.offline'),
    };
  }

  /** Three troubles or fewer, in an order that the seed says. */
  function troublesOf(seed: number): Trouble[] {
    const random = createRandom(seed);
    const pick = <T>(all: readonly [T, ...T[]]): T => random.pick(all);
    return Array.from({ length: random.between(1, 3) }, (): Trouble => {
      const kind = pick(['network', 'fault', 'kill', 'kill', 'offline']);
      if (kind === 'network') return { before: pick(['cut', 'lost-after']) };
      if (kind === 'fault') return { fault: pick(FAULTS) };
      if (kind === 'kill') return { kill: pick(MOMENTS), skip: random.between(0, 3) };
      return { offline: random.between(1, 2) };
    });
  }

  interface Life {
    worker: Worker;
    dead: boolean;
  }

  async function oneRound(life: Life, work: (worker: Worker) => Promise<unknown>): Promise<void> {
    await Promise.race([work(life.worker).catch(() => undefined), life.worker.died]);
    life.dead = life.worker.isDead();
  }

  /** Sends a Lead, plants the troubles one after another, and lets alarms ring until nothing goes on by itself. */
  async function live(seed: number, undo: boolean): Promise<{ disk: Disk; entry: OutboxEntry | undefined; name: string }> {
    const name = `Castell ${seed}`;
    const values = { LastName: name, Company: `Acme ${seed}` };
    const troubles = troublesOf(seed);
    const disk = await newDisk();
    const { clock } = crm.sandbox.org;
    let kill: { moment: Moment; skip: number } | null = null;
    let offline = 0;
    network = [];
    const begin = () =>
      startWorker({
        disk,
        clock,
        writer: writer(),
        isOnline: () => offline === 0,
        dies(moment) {
          if (kill?.moment !== moment || kill.skip-- > 0) return false;
          kill = null;
          return true;
        },
      });
    const life: Life = { worker: begin(), dead: false };
    const typed = { ...leadEntry().typed, values } as NonNullable<OutboxEntry['typed']>;
    // The form: typed, kept as a draft, sent. Who is not told that it was taken presses again.
    const first = leadEntry({
      id: `e${seed}`,
      label: name,
      sealedAt: clock.now(),
      typed,
      records: { record: { object: 'lead', recordTypeId: null, values, basis: null }, tasks: [] },
    });
    await life.worker.drafts.save({ draftId: first.id, object: 'lead', typed });
    let undone = false;
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const trouble = troubles.shift();
      if (trouble && 'before' in trouble) network.push(trouble.before);
      if (trouble && 'fault' in trouble) crm.sandbox.faults.next({ ...trouble.fault, match: { path: /\/services\/data/ } });
      if (trouble && 'kill' in trouble) kill = { moment: trouble.kill, skip: trouble.skip };
      if (trouble && 'offline' in trouble) offline = trouble.offline;
      await oneRound(life, async ({ box, drafts, runner }) => {
        const all = await box.list();
        if (!all.some(({ id }) => id === first.id)) {
          const draft = await drafts.load('lead');
          // Nothing typed is ever lost: until it is sealed in the outbox, the draft has all of it.
          if (!isDeepStrictEqual(draft?.typed, typed)) lost.push(seed);
          await box.change((entries) => [...entries, first]);
          await drafts.drop('lead', first.id);
        }
        await runner.run(offline === 0);
        const entry = (await box.list()).find(({ id }) => id === first.id);
        // Whoever is asked says: try again. The one that is there is found then.
        if (entry?.state.kind === 'unclear' || entry?.state.kind === 'refused') {
          await box.change((entries) => entries.map((one) => next(one, { kind: 'retry', way: one.way }, clock.now()) ?? one));
        }
        if (undo && !undone && entry?.state.kind === 'done') {
          undone = true;
          await box.change((entries) => entries.map((one) => next(one, { kind: 'undo' }, clock.now()) ?? one));
          await runner.run();
        }
      });
      if (life.dead) {
        life.worker = begin();
        life.dead = false;
        undone = false;
      }
      offline = Math.max(0, offline - 1);
      const state = (await life.worker.box.list()).find(({ id }) => id === first.id)?.state.kind;
      const isOver = undo ? state === 'undone' : state === 'done';
      if (isOver && troubles.length === 0) break;
      // With the minute for taking back still running while that is what is tried.
      clock.advance(undo && state === 'done' ? 1 : ROUND_MS);
    }
    crm.sandbox.faults.clear();
    // What is on the disk, as yet another worker sees it.
    kill = null;
    const entry = (await begin().box.list()).find(({ id }) => id === first.id);
    return { disk, entry, name };
  }

  it(`is there exactly once, in each of ${CASES} cases from seed ${FIRST_SEED} on`, { timeout: 120_000 }, async () => {
    for (let seed = FIRST_SEED; seed < FIRST_SEED + CASES; seed += 1) {
      const { entry, name } = await live(seed, false);
      const found = rows(name);
      expect(
        found.map(({ Id }) => Id),
        `seed ${seed}: records`,
      ).toHaveLength(1);
      expect(entry?.state, `seed ${seed}: entry`).toMatchObject({ kind: 'done', id: found[0]?.Id });
    }
  });

  it('has lost nothing that was typed, at no moment', () => expect(lost).toEqual([]));

  it('is gone again when it is taken back, in each of 60 cases', { timeout: 60_000 }, async () => {
    for (let seed = FIRST_SEED + 10_000; seed < FIRST_SEED + 10_060; seed += 1) {
      const { entry, name } = await live(seed, true);
      // A minute that was over before it could be taken back leaves exactly one.
      const expected = entry?.state.kind === 'undone' ? 0 : 1;
      expect(rows(name), `seed ${seed}: records, entry ${entry?.state.kind}`).toHaveLength(expected);
    }
  });
});
