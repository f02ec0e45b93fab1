import type { Trap } from './traps.ts';

/** What the run is at when it is killed. */
export type Situation =
  /** Contacts come into a copy that has none, by pages. */
  | 'fill'
  /** Hundreds of Contacts were changed, deleted and brought back. */
  | 'changes'
  /** Tasks come into a copy that has none, by a Bulk job. */
  | 'job'
  /** All Tasks were loaded anew, and come by a Bulk job into a copy that has them. */
  | 'load'
  /** Tasks are not wanted any more. */
  | 'removal';

export interface Step {
  /** Where the worker stands still and is killed. */
  name: string;
  trap: Trap;
  situations: readonly Situation[];
  /** The worker is killed once before, so early that the batch is made smaller. */
  afterFruitlessKill?: true;
  /** The history knows nothing of the killed run: it is not in there yet, or it had ended. */
  untold?: true;
}

/** Tables by their number on the disk (lib/storage/tables.ts). */
const CONTACT = 3;
const TASK = 6;
const HOME = 8;
/** The rows of a large batch of Tasks are announced, written in slices, and count with the manifest behind them. */
const ANNOUNCED = 'pending=task,home';
const WRITTEN = { after: `^complete cells ${HOME}/` };
/** Only the run that a merge writes. */
const MERGE = 'pending=task( |$)';
/** The batches of Contacts; what is written before them are notes on other objects. */
const BATCH = { after: `^seal contact ` };
const PAGES: readonly Situation[] = ['fill', 'changes'];
const JOBS: readonly Situation[] = ['load', 'job'];
/** What comes before the first rows are written is the same in both, and this one is quicker to bring about. */
const JOB: readonly Situation[] = ['load'];

/** Every step of a batch, of a Bulk job, of a removal with its merge and of a run's own notes, in the order they come. */
const STEPS: readonly Step[] = [
  {
    name: 'the run is written down as under way',
    trap: { at: '^complete boxes sync-status' },
    situations: ['changes'],
    untold: true,
  },
  { name: 'the run is in the history', trap: { at: '^complete boxes sync-history' }, situations: ['changes'] },
  { name: 'before what has changed is asked for', trap: { at: '^fetch POST .*composite' }, situations: ['changes'] },
  { name: 'what has changed has arrived in part', trap: { at: '^read POST .*composite' }, situations: ['changes'] },
  {
    name: 'before the counts and deletions are asked for',
    trap: { at: '^fetch POST .*composite counts' },
    situations: ['changes'],
  },

  { name: 'before a page is asked for', trap: { at: '^fetch GET .*FROM Contact' }, situations: ['fill'] },
  { name: 'the head of its answer has come', trap: { at: '^answer GET .*FROM Contact' }, situations: ['fill'] },
  { name: 'a piece of its body has come', trap: { at: '^read GET .*FROM Contact' }, situations: ['fill'] },
  { name: 'its records are parsed', trap: { at: '^parsed Contact' }, situations: ['fill'] },
  { name: 'before the first cell is sealed', trap: { at: '^seal contact ' }, situations: PAGES },
  { name: 'the first cell is sealed', trap: { at: '^sealed contact ' }, situations: PAGES },
  { name: 'the manifest is sealed, the last of all', trap: { ...BATCH, at: '^sealed manifest' }, situations: PAGES },
  { name: 'the transaction is open and empty', trap: { ...BATCH, at: '^open boxes,cells' }, situations: PAGES },
  { name: 'the first row is put', trap: { at: `^put cells ${CONTACT}/` }, situations: PAGES },
  { name: 'the records are put, of their index one row', trap: { at: `^put cells ${HOME}/` }, situations: PAGES },
  { name: 'the manifest is put, the last of all', trap: { ...BATCH, at: '^put boxes manifest' }, situations: PAGES },
  { name: 'the commit is under way', trap: { at: `^commit cells ${CONTACT}/` }, situations: PAGES },
  {
    name: 'the batch is on the disk, and the worker does not know',
    trap: { at: `^complete cells ${CONTACT}/` },
    situations: PAGES,
  },
  {
    name: 'the next batch is being sealed',
    trap: { after: `^complete cells ${CONTACT}/`, at: '^seal manifest' },
    situations: PAGES,
  },

  { name: 'before a job is made', trap: { at: '^fetch POST .*jobs/query' }, situations: JOB },
  { name: 'the job is made, and its id is nowhere', trap: { at: '^end POST .*jobs/query' }, situations: JOB },
  { name: "the job's id is put", trap: { at: '^put boxes manifest .*task-job' }, situations: JOB },
  { name: "the job's id is on the disk", trap: { at: '^complete .*task-job' }, situations: JOB },
  { name: 'its state is asked for', trap: { at: '^fetch GET .*jobs/query/\\w+$' }, situations: JOB },
  { name: 'before the first part', trap: { at: '^fetch GET .*results' }, situations: JOB },
  { name: 'in the middle of the first part', trap: { at: '^read GET .*results', nth: 3 }, situations: JOB },
  { name: 'the rows of a batch are about to be announced', trap: { at: `^sealed manifest .*${ANNOUNCED}` }, situations: JOBS },
  { name: 'they are announced, and none is there', trap: { at: `^complete boxes manifest .*${ANNOUNCED}` }, situations: JOBS },
  { name: 'the first slice of them is on the disk', trap: { at: `^complete cells ${TASK}/` }, situations: JOBS },
  { name: 'half of its rows are put', trap: { at: `^put cells ${TASK}/`, nth: 64 }, situations: JOBS },
  { name: 'all of them are on the disk, and nothing names them', trap: { ...WRITTEN, at: '^sealed manifest' }, situations: JOBS },
  { name: 'a batch of it counts', trap: { ...WRITTEN, at: '^complete boxes manifest' }, situations: JOBS },
  { name: 'before the second part', trap: { at: '^fetch GET .*locator=' }, situations: JOB },
  { name: 'in the middle of the second part', trap: { at: '^read GET .*locator=' }, situations: JOB },
  {
    name: 'the second part has come, and rows are being written',
    trap: { after: '^end GET .*locator=', at: `^complete cells ${TASK}/` },
    situations: JOBS,
  },
  { name: 'all rows count, before the job is deleted', trap: { at: '^fetch DELETE' }, situations: JOB },
  { name: 'the job is deleted', trap: { at: '^answer DELETE' }, situations: JOBS },
  {
    name: 'half of a smaller batch counts',
    trap: { at: '^complete boxes manifest .*task-job\\+[1-9]' },
    situations: JOBS,
    afterFruitlessKill: true,
  },

  { name: 'the checkpoint is taken away, the records stand', trap: { at: '^complete boxes manifest' }, situations: ['removal'] },
  { name: 'the removal of most records is being written', trap: { at: `^complete cells ${TASK}/` }, situations: ['removal'] },
  {
    name: 'most of the records are taken away',
    trap: { ...WRITTEN, at: '^complete boxes manifest' },
    situations: ['removal'],
  },
  { name: 'before a merge is announced', trap: { at: `^sealed manifest .*${MERGE}` }, situations: ['removal'] },
  { name: 'a merge is announced', trap: { at: `^complete .*${MERGE}` }, situations: ['removal'] },
  {
    name: 'half of the merged rows are on the disk',
    trap: { after: MERGE, at: `^complete cells ${TASK}/`, nth: 2 },
    situations: ['removal'],
  },
  {
    name: 'all of them are, and nothing names them',
    trap: { after: MERGE, at: '^seal manifest .*pending=task,task' },
    situations: ['removal'],
  },
  {
    name: 'the merge counts, and all of the old rows are there',
    trap: { after: MERGE, at: '^complete boxes manifest .*pending=task,task' },
    situations: ['removal'],
  },
  { name: 'the old rows are going', trap: { after: MERGE, at: '^delete cells', nth: 2 }, situations: ['removal'] },
  { name: 'some of the old rows are gone', trap: { at: '^complete delete 6,' }, situations: ['removal'] },
  {
    name: 'the old rows are gone, and still named as pending',
    trap: { after: '^complete delete 6,', at: '^sealed manifest .*pending=none' },
    situations: ['removal'],
  },
  {
    name: 'the merge is done, and the worker does not know',
    trap: { after: '^complete delete 6,', at: '^complete boxes manifest .*pending=none' },
    situations: ['removal'],
  },

  { name: 'all is written but the outcome', trap: { at: '^seal sync-history', nth: 2 }, situations: ['changes'] },
  {
    name: 'the outcome is in the history, not in the status',
    trap: { at: '^complete boxes sync-history', nth: 2 },
    situations: ['changes'],
    untold: true,
  },
  { name: 'the outcome is written', trap: { at: '^complete boxes sync-status', nth: 2 }, situations: ['changes'], untold: true },
];

/** A step in one of its situations. */
export interface Case {
  step: Step;
  number: number;
  situation: Situation;
}

/**
 * The steps, in an order in which one leaves behind what the next one begins with: a removal comes before a fill. Each in all of
 * its situations, or only in the first one.
 */
export function cases(every: 'situation' | 'step'): Case[] {
  const casesOf = (...situations: Situation[]): Case[] =>
    STEPS.flatMap((step, index) => {
      const possible = every === 'step' ? step.situations.slice(0, 1) : step.situations;
      return possible.filter((one) => situations.includes(one)).map((situation) => ({ step, number: index + 1, situation }));
    });
  const jobs = casesOf('job');
  const removals = casesOf('removal').flatMap((one, index) => [one, ...jobs.slice(index, index + 1)]);
  return [...casesOf('fill', 'changes'), ...casesOf('load'), ...removals, ...jobs.slice(casesOf('removal').length)];
}
