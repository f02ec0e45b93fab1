import { cpus } from 'node:os';
import type { BenchRow } from '../report.ts';
import type { Reading } from './jsforce-reader.ts';
import type { Match } from './matches.ts';
import type { MeasuredSync } from './measured-sync.ts';
import { REALISTIC_PACE } from './pace.ts';
import type { PlainWriting } from './plain/page.ts';
import { cpuBetween } from './vitals.ts';

/** All that was measured with one number of records. */
export interface SizeMeasures {
  size: number;
  atOnce: MeasuredSync;
  realistic: MeasuredSync;
  plain: PlainWriting;
  jsforce: Reading;
}

/** What one record costs, from the runs in which the CRM answers at once. */
interface Cost {
  size: number;
  wallUs: number;
  cpuUs: number;
}

const MB = 1_000_000;
const MOST_GROWTH = 1.2;
const MOST_HEAP_MB = 150;
const MOST_MATCH_MS = 100;
const LEAST_WAITING = 90;

const wallOf = ({ told }: MeasuredSync) => told.endedAt - told.startedAt;

function row(what: string, value: number, unit: string, more: Partial<BenchRow> = {}): BenchRow {
  return { what, value, unit, against: null, ratio: null, bar: null, holds: null, ...more };
}

const atMost = (value: number, most: number, bar: string): Partial<BenchRow> => ({ bar, holds: value <= most });

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function costOf({ size, atOnce }: SizeMeasures): Cost {
  const { startedAt, endedAt, records } = atOnce.told;
  return {
    size,
    wallUs: (wallOf(atOnce) * 1000) / records,
    cpuUs: (cpuBetween(atOnce.vitals.cpu, 'seconds', startedAt, endedAt) * 1e6) / records,
  };
}

/** Milliseconds of the run in which an answer of the CRM was outstanding. */
function waited({ told, probe }: MeasuredSync): number {
  return probe.waits.reduce(
    (sum, [from, to]) => sum + Math.max(0, Math.min(to, told.endedAt) - Math.max(from, told.startedAt)),
    0,
  );
}

function peakMb({ told, vitals }: MeasuredSync, collected: boolean): number {
  const inRun = vitals.heap.filter((one) => one.collected === collected && one.at >= told.startedAt && one.at <= told.endedAt);
  return (Math.max(...inRun.map(({ bytes }) => bytes)) - vitals.idleBytes) / MB;
}

function matchRows(label: string, during: readonly Match[], after: readonly Match[]): BenchRow[] {
  const times = (matches: readonly Match[]) => matches.filter(({ matched }) => matched).map(({ ms }) => ms);
  const [inRun, idle] = [times(during), times(after)];
  const one = (name: string, share: number) => {
    const value = quantile(inRun, share);
    return row(`${label}: a match, ${name} of ${inRun.length}`, value, 'ms', {
      against: quantile(idle, share),
      ...(share === 0.5 ? {} : atMost(value, MOST_MATCH_MS, `≤ ${MOST_MATCH_MS} ms`)),
    });
  };
  return inRun.length === 0 ? [] : [one('p50', 0.5), one('p95', 0.95), one('longest', 1)];
}

/** How much of the machine other programs took during the run, in percent: above a few, no time of it means much. */
function takenByOthers({ told, vitals, counted }: MeasuredSync): number {
  const { startedAt, endedAt } = told;
  const between = (what: 'seconds' | 'machine') => cpuBetween(vitals.cpu, what, startedAt, endedAt);
  const others = between('machine') - between('seconds') - counted.cpuSeconds;
  return Math.max(0, (others * 100_000) / ((endedAt - startedAt) * cpus().length));
}

function longestBlock({ told, probe }: MeasuredSync): number {
  const inRun = probe.blocks.filter(([from]) => from >= told.startedAt && from <= told.endedAt);
  return Math.max(0, ...inRun.map(([from, to]) => to - from));
}

export function rowsOf(measures: SizeMeasures): BenchRow[] {
  const { size, atOnce, realistic, plain, jsforce } = measures;
  const label = size.toLocaleString('en');
  const { records, bytes, calls } = atOnce.told;
  const perSecond = (ms: number) => (records * 1000) / ms;
  const rate = (against: number) => ({ against, ratio: perSecond(wallOf(atOnce)) / against });
  const cost = costOf(measures);
  const heap = peakMb(atOnce, false);
  const collected = peakMb(realistic, true);
  const share = (waited(realistic) / wallOf(realistic)) * 100;
  const atOnceShare = (waited(atOnce) / wallOf(atOnce)) * 100;
  return [
    row(`${label}: next to plain Dexie only writing`, perSecond(wallOf(atOnce)), 'records/s', rate(perSecond(plain.ms))),
    row(`${label}: next to jsforce only reading`, perSecond(wallOf(atOnce)), 'records/s', rate(perSecond(jsforce.ms))),
    row(`${label}: wall time a record`, cost.wallUs, 'µs'),
    row(`${label}: processor time a record, whole browser`, cost.cpuUs, 'µs'),
    row(`${label}: share of wall the CRM was waited for, at once`, atOnceShare, '%'),
    row(`${label}: share of the processors that other programs took`, takenByOthers(atOnce), '%'),
    row(`${label}: API calls of the run, next to jsforce`, calls, 'calls', { against: jsforce.calls }),
    row(`${label}: API calls counted by the CRM, sign-in included`, atOnce.counted.calls, 'calls'),
    row(`${label}: heap over idle, highest`, heap, 'MB', atMost(heap, MOST_HEAP_MB, `≤ ${MOST_HEAP_MB} MB`)),
    ...(Number.isFinite(collected) ? [row(`${label}: the same behind a forced collection`, collected, 'MB')] : []),
    row(`${label}: on disk, next to plain Dexie`, bytes / MB, 'MB', { against: plain.bytes / MB, ratio: plain.bytes / bytes }),
    ...matchRows(label, atOnce.during, atOnce.after),
    row(`${label}: longest time in which nothing else could run`, longestBlock(atOnce), 'ms'),
    row(`${label}: wall time at ${REALISTIC_PACE}`, wallOf(realistic) / 1000, 's'),
    row(`${label}: share of it the CRM was waited for`, share, '%', {
      bar: `≥ ${LEAST_WAITING} %`,
      holds: share >= LEAST_WAITING,
    }),
    ...matchRows(`${label}, realistic pace`, realistic.during, realistic.after),
  ];
}

/** How the cost of a record grows from the smallest to the largest number of records. */
export function growthRows(costs: readonly Cost[]): BenchRow[] {
  const [first, last] = [costs[0], costs.at(-1)];
  if (!first || !last || first === last) return [];
  const label = `cost of a record from ${first.size.toLocaleString('en')} to ${last.size.toLocaleString('en')}`;
  const one = (what: string, growth: number) =>
    row(`${label}, ${what}`, growth, '×', atMost(growth, MOST_GROWTH, `≤ ${MOST_GROWTH} ×`));
  return [one('wall', last.wallUs / first.wallUs), one('processor', last.cpuUs / first.cpuUs)];
}
