import { cpus } from 'node:os';
import type { CDPSession } from '@playwright/test';
import { RawTarget } from '../../world/raw-target.ts';

/** The worker's memory: V8's heap, what the browser holds for it, and the bytes of its buffers. */
const heapBytes = ({ usedSize, embedderHeapUsedSize = 0, backingStorageSize = 0 }: HeapUsage) =>
  usedSize + embedderHeapUsedSize + backingStorageSize;

interface HeapUsage {
  usedSize: number;
  embedderHeapUsedSize?: number;
  backingStorageSize?: number;
}

interface HeapSample {
  at: number;
  bytes: number;
  /** Right behind a full collection. */
  collected: boolean;
}

/** Processor time in seconds: that of all of the browser's processes, and that of all programs of the machine. */
interface CpuSample {
  at: number;
  seconds: number;
  machine: number;
}

export interface Vitals {
  idleBytes: number;
  heap: HeapSample[];
  cpu: CpuSample[];
}

const SAMPLE_MS = 200;

/** Looks at the worker's heap and the browser's processor time until it is stopped. */
export interface VitalsWatch {
  stop(): Promise<Vitals>;
  worker: RawTarget;
}

/**
 * @param collectMs how often the worker is made to collect its garbage, which stops it for a moment; null for never
 */
export async function watchVitals(browser: CDPSession, extensionId: string, collectMs: number | null): Promise<VitalsWatch> {
  const { targetInfos } = await browser.send('Target.getTargets');
  const target = targetInfos.find(({ type, url }) => type === 'service_worker' && url.includes(extensionId));
  if (!target) throw new Error('the extension has no worker');
  const worker = await RawTarget.attach(browser, target.targetId);
  const usage = async () => heapBytes((await worker.send('Runtime.getHeapUsage')) as HeapUsage);
  const collected = async () => {
    await worker.send('HeapProfiler.collectGarbage');
    return usage();
  };
  const vitals: Vitals = { idleBytes: await collected(), heap: [], cpu: [] };
  let stopped = false;

  async function watch(): Promise<void> {
    let collectAt = collectMs === null ? Number.POSITIVE_INFINITY : Date.now() + collectMs;
    while (!stopped) {
      vitals.heap.push({ at: Date.now(), bytes: await usage(), collected: false });
      if (Date.now() >= collectAt) {
        vitals.heap.push({ at: Date.now(), bytes: await collected(), collected: true });
        collectAt = Date.now() + (collectMs ?? 0);
      }
      vitals.cpu.push(await cpuSample(browser));
      await new Promise((resolve) => setTimeout(resolve, SAMPLE_MS));
    }
  }

  const watching = watch();
  return {
    worker,
    async stop() {
      stopped = true;
      await watching;
      vitals.cpu.push(await cpuSample(browser));
      return vitals;
    },
  };
}

async function cpuSample(browser: CDPSession): Promise<CpuSample> {
  const { processInfo } = await browser.send('SystemInfo.getProcessInfo');
  const seconds = processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
  const busy = cpus().reduce((sum, { times: { user, nice, sys, irq } }) => sum + user + nice + sys + irq, 0);
  return { at: Date.now(), seconds, machine: busy / 1000 };
}

/** Processor time between two moments, read between the samples around them. */
export function cpuBetween(samples: readonly CpuSample[], what: 'seconds' | 'machine', from: number, to: number): number {
  const at = (time: number) => {
    const after = samples.findIndex((sample) => sample.at >= time);
    const next = samples[after];
    const before = samples[after - 1];
    if (!next || !before) return (next ?? samples.at(-1))?.[what] ?? 0;
    return before[what] + ((next[what] - before[what]) * (time - before.at)) / (next.at - before.at);
  };
  return at(to) - at(from);
}
