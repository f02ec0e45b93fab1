import type { ProbeReading } from './worker-probe.ts';
import type { VitalsWatch } from './vitals.ts';

/** A CPU profile of the worker, as the DevTools protocol gives it; times in microseconds. */
interface CpuProfile {
  nodes: { id: number; callFrame: CallFrame; children?: number[] }[];
  startTime: number;
  samples: number[];
  timeDeltas: number[];
}

interface CallFrame {
  functionName: string;
  url: string;
  lineNumber: number;
}

export interface ProfileSample {
  /** Milliseconds since 1970. */
  at: number;
  ms: number;
  /** From the function that ran to the one that everything began with. */
  stack: string[];
}

const SAMPLE_US = 500;
const IDLE = new Set(['(idle)']);
const FUNCTIONS = 30;
const BLOCKS = 10;

/** Records what the worker does until the function that it gives is called. */
export async function recordProfile({ worker }: VitalsWatch): Promise<() => Promise<ProfileSample[]>> {
  await worker.send('Profiler.enable');
  await worker.send('Profiler.setSamplingInterval', { interval: SAMPLE_US });
  const startedAt = Date.now();
  await worker.send('Profiler.start');
  return async () => {
    const { profile } = (await worker.send('Profiler.stop')) as { profile: CpuProfile };
    return samplesOf(profile, startedAt);
  };
}

function samplesOf({ nodes, samples, timeDeltas }: CpuProfile, startedAt: number): ProfileSample[] {
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)));
  const names = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]));
  const stacks = new Map<number, string[]>();
  const stackOf = (id: number): string[] => {
    const known = stacks.get(id);
    if (known) return known;
    const parent = parents.get(id);
    const stack = [names.get(id) ?? '', ...(parent === undefined ? [] : stackOf(parent))];
    stacks.set(id, stack);
    return stack;
  };
  let at = startedAt;
  return samples.map((id, index) => {
    at += (timeDeltas[index] ?? 0) / 1000;
    return { at, ms: (timeDeltas[index + 1] ?? 0) / 1000, stack: stackOf(id) };
  });
}

function nameOf({ functionName, url, lineNumber }: CallFrame): string {
  return url === '' ? functionName : `${functionName || '(anonymous)'} ${url.split('/').at(-1)}:${lineNumber + 1}`;
}

const busy = (samples: readonly ProfileSample[]) => samples.filter(({ stack }) => !IDLE.has(stack[0] ?? ''));

/** Milliseconds by function: `self` where it ran itself, else also where something ran that it had called. */
function times(samples: readonly ProfileSample[], self: boolean): [string, number][] {
  const sums = new Map<string, number>();
  for (const { ms, stack } of samples) {
    for (const name of new Set(self ? stack.slice(0, 1) : stack)) sums.set(name, (sums.get(name) ?? 0) + ms);
  }
  return [...sums].sort((a, b) => b[1] - a[1]);
}

/** Prints which functions the run was spent in, and what ran when nothing else could. `run` in milliseconds since 1970. */
export function printProfile(
  all: readonly ProfileSample[],
  probe: ProbeReading,
  run: { startedAt: number; endedAt: number },
): void {
  const during = all.filter(({ at }) => at >= run.startedAt && at <= run.endedAt);
  const working = busy(during);
  const total = working.reduce((sum, { ms }) => sum + ms, 0);
  const table = (rows: [string, number][]) =>
    rows.map(([name, ms]) => ({ function: name, ms: Math.round(ms), share: `${((ms / total) * 100).toFixed(1)} %` }));
  console.log(`The worker ran JavaScript for ${Math.round(total)} ms of ${run.endedAt - run.startedAt}. By function itself:`);
  console.table(table(times(working, true).slice(0, FUNCTIONS)));
  console.log('With what it called:');
  console.table(table(times(working, false).slice(0, FUNCTIONS)));
  const blocks = probe.blocks
    .filter(([from]) => from >= run.startedAt && from <= run.endedAt)
    .sort((a, b) => b[1] - b[0] - (a[1] - a[0]));
  console.log(`${blocks.length} stretches of 30 ms and longer in which nothing else could run, the longest of them:`);
  for (const [from, to] of blocks.slice(0, BLOCKS)) {
    const inside = busy(during.filter(({ at }) => at >= from && at <= to));
    const what = times(inside, false).filter(([name]) => name !== '(root)');
    const names = what.slice(0, 6).map(([name, ms]) => `${name} ${Math.round(ms)}`);
    console.log(`  ${Math.round(to - from)} ms at +${Math.round(from - run.startedAt)}: ${names.join(' · ')}`);
  }
}
