import fc from 'fast-check';
import { CHANGED, type Change, type Choice, type Sequence, type Setup, type Signs, type Step, type Trouble } from './sequence';

/** Sequences at random. Shrinking goes to few steps, no trouble and the first of each list of choices. */

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NEVER_A_JOB = 20_000;

/** Each sequence keeps to one set of signs: were there always several, none of them could be missed. */
const signs: fc.Arbitrary<Signs> = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Signs>({ counts: true, sharing: 'lost', clockGoesBack: true }) },
  { weight: 6, arbitrary: fc.constant<Signs>({ counts: false, sharing: 'unchanged', clockGoesBack: false }) },
  { weight: 2, arbitrary: fc.constant<Signs>({ counts: true, sharing: 'gained', clockGoesBack: false }) },
  { weight: 2, arbitrary: fc.constant<Signs>({ counts: true, sharing: 'both', clockGoesBack: true }) },
  { weight: 1, arbitrary: fc.constant<Signs>({ counts: false, sharing: 'both', clockGoesBack: true }) },
);

const setup: fc.Arbitrary<Setup> = fc.record({
  orgSeed: fc.nat({ max: 99 }),
  pageSize: fc.constantFrom(3, 2, 5),
  job: fc.record({
    from: fc.constantFrom(NEVER_A_JOB, 4, 2),
    part: fc.constantFrom(3, 2, NEVER_A_JOB),
    group: fc.constantFrom(2, 3, NEVER_A_JOB),
  }),
  bulkPolls: fc.constantFrom(1, 3),
  batchRecords: fc.constantFrom(4, 2, 7, 20_000),
  callMs: fc.constantFrom(0, 300, 4000, 8000),
  clientAheadMs: fc.constantFrom(0, 0, -3 * HOUR * 1000, 2 * DAY * 1000),
  signs,
  logLagMs: fc.constantFrom(0, 0, 5 * MINUTE * 1000),
  manyTasks: fc.integer({ min: 0, max: 9 }).map((n) => n === 9),
});

const at = fc.nat({ max: 11 });
const site = fc.nat({ max: 5 });
const object = fc.constantFrom(...CHANGED);
/** Seconds by which the stamp is older than the change: a transaction that took so long to commit. */
const agoSeconds = fc.constantFrom(0, 0, 0, 30, 2 * MINUTE);

const change: fc.Arbitrary<Change> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('create' as const), object, at, site, agoSeconds }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('update' as const), object, at, site, agoSeconds }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('import' as const), object, site }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('reparent' as const),
      object: fc.constantFrom('contact' as const, 'opportunity' as const, 'task' as const),
      at,
      to: at,
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('delete' as const), object, at }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('undelete' as const), object, at }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('merge' as const),
      object: fc.constantFrom('account' as const, 'contact' as const, 'lead' as const),
      at,
      into: at,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('convert' as const), at, into: fc.option(at), deal: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('user' as const), at }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('share' as const), object, at, lost: fc.boolean() }) },
);

const followers = fc.constantFrom('contact' as const, 'lead' as const, 'opportunity' as const, 'task' as const);
const choice: fc.Arbitrary<Choice> = fc.oneof(
  fc.record({ of: fc.constant('object' as const), object: followers, wanted: fc.boolean() }),
  fc.record({
    of: fc.constant('scope' as const),
    scope: fc.constantFrom('all' as const, 'mine' as const, 'website' as const, 'industry' as const, 'name' as const),
  }),
  fc.record({ of: fc.constant('without' as const), field: site, left: fc.boolean() }),
  fc.record({ of: fc.constant('extra' as const), field: site, asked: fc.boolean() }),
);

/** A run that brings what changed makes about ten calls, one that brings everything up to sixty. */
const nthCall = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 5, max: 45 }));
const trouble: fc.Arbitrary<Trouble> = fc.record({
  faults: fc.option(fc.record({ seed: fc.nat({ max: 9999 }), share: fc.constantFrom(0.05, 0.2, 0.5) }), { freq: 2 }),
  end: fc.option(
    fc.record({ at: nthCall, how: fc.constantFrom('abort' as const, 'offline' as const, 'kill' as const, 'kill' as const) }),
    { freq: 2 },
  ),
  during: fc.array(fc.record({ at: nthCall, change }), { maxLength: 4, size: 'max' }),
  forgets: fc.option(fc.record({ at: nthCall, what: fc.constantFrom('cursors' as const, 'jobs' as const) }), { freq: 2 }),
});

const between: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({
      do: fc.constant('changes' as const),
      changes: fc.array(change, { minLength: 1, maxLength: 6, size: 'max' }),
      sameSecond: fc.boolean(),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      seconds: fc.oneof(
        { weight: 6, arbitrary: fc.constantFrom(1, 45, 5 * MINUTE, HOUR, DAY) },
        { weight: 1, arbitrary: fc.constantFrom(8 * DAY, 16 * DAY, 40 * DAY) },
      ),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('clock-back' as const), seconds: fc.integer({ min: 1, max: 300 }) }) },
  { weight: 1, arbitrary: fc.constant({ do: 'empty-bin' as const }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('expire' as const),
      what: fc.constantFrom('cursors' as const, 'jobs' as const, 'token' as const),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('choose' as const), choice }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('field-right' as const), field: site, lost: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('object-right' as const), object: followers, lost: fc.boolean() }) },
);

const sync: fc.Arbitrary<Step> = fc.record({
  do: fc.constant('sync' as const),
  trouble,
  agrees: fc.boolean(),
  reopen: fc.boolean(),
});

/** What happens between two syncs, and a sync. */
const round: fc.Arbitrary<Step[]> = fc
  .tuple(fc.array(between, { maxLength: 4, size: 'max' }), sync)
  .map(([steps, end]) => [...steps, end]);

const anything: fc.Arbitrary<Sequence> = fc
  .record({
    setup,
    rounds: fc.array(round, { minLength: 1, maxLength: 4, size: 'max' }),
    last: fc.array(between, { maxLength: 3 }),
  })
  .map(({ setup, rounds, last }) => ({ setup, steps: [...rounds.flat(), ...last] }));

/** Runs that do not get far, one after the other, while what the CRM keeps for them (jobs, cursors) grows old or is lost. */
const shortRuns: fc.Arbitrary<Sequence> = fc
  .record({
    setup: fc
      .tuple(setup, fc.constantFrom(4, 2), fc.constantFrom(4, 2))
      .map(([one, from, batchRecords]): Setup => ({ ...one, job: { from, part: 2, group: 2 }, batchRecords, manyTasks: false })),
    rounds: fc.array(
      fc.record({
        changes: fc.array(change, { maxLength: 4, size: 'max' }),
        seconds: fc.constantFrom(1, 5 * MINUTE),
        at: fc.integer({ min: 3, max: 20 }),
        isKilled: fc.boolean(),
      }),
      { minLength: 2, maxLength: 5, size: 'max' },
    ),
  })
  .map(({ setup, rounds }) => ({ setup, steps: rounds.flatMap(shortRun) }));

function shortRun(round: { changes: Change[]; seconds: number; at: number; isKilled: boolean }): Step[] {
  const { changes, seconds, at, isKilled } = round;
  const quiet = { faults: null, end: null, during: [], forgets: null };
  const trouble: Trouble = isKilled ? { ...quiet, end: { at, how: 'kill' } } : { ...quiet, forgets: { at, what: 'jobs' } };
  return [
    { do: 'changes', changes, sameSecond: false },
    { do: 'wait', seconds },
    { do: 'sync', trouble, agrees: false, reopen: isKilled },
  ];
}

export const sequences = fc.oneof({ weight: 4, arbitrary: anything }, { weight: 1, arbitrary: shortRuns });
