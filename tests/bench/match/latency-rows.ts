import type { BenchRow } from '../report.ts';
import { REALISTIC_PACE } from '../sync/pace.ts';
import type { Visit } from './measured-matches.ts';

/** All that was measured with one number of Accounts; times in milliseconds. */
export interface SizeTimes {
  size: number;
  fillMs: number;
  bytes: number;
  warm: Visit[];
  cold: Visit[];
  emptyWarm: Visit[];
  emptyCold: Visit[];
  index: number[];
  scan: number[];
  map: { times: number[]; fillMs: number };
  queryAtOnce: number[];
  queryRealistic: number[];
}

const AWAKE = { background: 5, roundTrip: 15 };
const ASLEEP = { fromCommit: 150, overEmpty: 1.3 };

const background = ({ answer }: Visit) => answer.to - answer.from;
const roundTrip = ({ question }: Visit) => question.answeredAt - question.askedAt;
const fromCommit = ({ question }: Visit) => question.answeredAt - question.respondedAt;

function quantile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

const median = (times: readonly number[]) => quantile(times, 0.5);

function row(what: string, value: number, more: Partial<BenchRow> = {}): BenchRow {
  return { what, value, unit: 'ms', against: null, ratio: null, bar: null, holds: null, ...more };
}

const next = (value: number, against: number): Partial<BenchRow> => ({ against, ratio: against / value });
const atMost = (value: number, most: number): Partial<BenchRow> => ({ bar: `≤ ${most} ms`, holds: value <= most });

/** The bars of the design stand for one size each; the other sizes show how it grows. */
export function latencyRows(times: SizeTimes): BenchRow[] {
  const { size, warm, cold, emptyWarm, emptyCold, index, scan, map, queryAtOnce, queryRealistic } = times;
  const label = `${size.toLocaleString('en')} accounts`;
  const inBackground = warm.map(background);
  const trips = warm.map(roundTrip);
  const p95 = quantile(inBackground, 0.95);
  const tripP95 = quantile(trips, 0.95);
  const coldTrip = median(cold.map(roundTrip));
  const emptyTrip = median(emptyCold.map(roundTrip));
  const coldCommit = cold.map(fromCommit);
  const emptyCommit = emptyCold.map(fromCommit);
  const commitP95 = quantile(coldCommit, 0.95);
  const hasAwakeBar = size === 100_000;
  const hasColdBar = size === 1_000_000;
  return [
    row(
      `${label}, awake: in the background, p50 of ${warm.length}; against a scan`,
      median(inBackground),
      next(median(inBackground), median(scan)),
    ),
    row(`${label}, awake: in the background, p95; against a live query, ${REALISTIC_PACE.split(',')[0]}`, p95, {
      ...next(p95, median(queryRealistic)),
      ...(hasAwakeBar ? atMost(p95, AWAKE.background) : {}),
    }),
    row(
      `${label}, awake: in the background, p50; against a live query that is answered at once`,
      median(inBackground),
      next(median(inBackground), median(queryAtOnce)),
    ),
    ...(['sites of Accounts', "nobody's sites"] as const).flatMap((whose, n) => {
      const some = warm.filter(({ question }) => question.matched === (n === 0)).map(background);
      return [
        row(`${label}, awake: in the background, ${whose}, p50`, median(some)),
        row(`${label}, awake: in the background, ${whose}, p95`, quantile(some, 0.95)),
      ];
    }),
    row(
      `${label}, awake: the look-up alone, p50; against a Map in memory`,
      median(index),
      next(median(index), median(map.times)),
    ),
    row(`${label}, awake: the look-up alone, p95`, quantile(index, 0.95)),
    row(`${label}: filling that Map once for each life of a worker`, map.fillMs),
    row(
      `${label}, awake: message round trip, p50; against an empty worker`,
      median(trips),
      next(median(trips), median(emptyWarm.map(roundTrip))),
    ),
    row(`${label}, awake: message round trip, p95; against an empty worker`, tripP95, {
      ...next(tripP95, quantile(emptyWarm.map(roundTrip), 0.95)),
      ...(hasAwakeBar ? atMost(tripP95, AWAKE.roundTrip) : {}),
    }),
    row(
      `${label}, worker stopped: commit to answer, p50 of ${cold.length}; against an empty worker`,
      median(coldCommit),
      next(median(coldCommit), median(emptyCommit)),
    ),
    row(`${label}, worker stopped: commit to answer, p95; against an empty worker`, commitP95, {
      ...next(commitP95, quantile(emptyCommit, 0.95)),
      ...(hasColdBar ? atMost(commitP95, ASLEEP.fromCommit) : {}),
    }),
    row(`${label}, worker stopped: round trip, p50; against an empty worker`, coldTrip, {
      ...next(coldTrip, emptyTrip),
      ...(hasColdBar ? { bar: `≤ ${ASLEEP.overEmpty} × the empty worker`, holds: coldTrip <= ASLEEP.overEmpty * emptyTrip } : {}),
    }),
    ...phases(label, cold, emptyCold),
    row(`${label}: first sync, the CRM answers at once`, times.fillMs / 1000, { unit: 's' }),
    row(`${label}: on disk`, times.bytes / 1_000_000, { unit: 'MB' }),
  ];
}

/** Where the time of a wake-up goes, next to the same part of an empty worker's. */
function phases(label: string, cold: readonly Visit[], empty: readonly Visit[]): BenchRow[] {
  const parts: [string, (visit: Visit) => number][] = [
    ['from the question to the worker being made', ({ question, life }) => life.startedAt - question.askedAt],
    ['from there to its first script', ({ life }) => life.scriptsFrom - life.startedAt],
    ['its scripts', ({ life }) => life.scriptsTo - life.scriptsFrom],
    ['from there to the listener', ({ life, answer }) => answer.from - life.scriptsTo],
    ['from the listener to the answer', ({ answer }) => answer.to - answer.from],
    ['from the answer to the page', ({ answer, question }) => question.answeredAt - answer.to],
  ];
  return parts.map(([name, part]) => {
    const value = median(cold.map(part));
    return row(`${label}, worker stopped: ${name}, p50`, value, { against: median(empty.map(part)) });
  });
}
