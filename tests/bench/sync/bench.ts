import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { report } from '../report.ts';
import { type Crm, startCrm } from './crm.ts';
import { buildExtension } from './extension-build.ts';
import { readWithJsforce } from './jsforce-reader.ts';
import { type MeasuredSync, measureSync, type SyncOptions } from './measured-sync.ts';
import { writeWithDexie } from './plain-dexie.ts';
import type { PlainWriting } from './plain/page.ts';
import { type ProfileSample, printProfile, recordProfile } from './profile.ts';
import { costOf, growthRows, rowsOf, type SizeMeasures } from './rows.ts';

const SIZES = [10_000, 100_000, 1_000_000];
const ASK_MS = 250;
const COLLECT_MS = 5000;

/** The heap is looked at behind forced collections only where they cost no time that counts. */
const AT_ONCE = { pace: 'at-once', collectMs: null, askMs: ASK_MS } as const;
const REALISTIC = { pace: 'realistic', collectMs: COLLECT_MS, askMs: ASK_MS } as const;

/**
 * The first sync of the built extension in the real browser, from an empty copy to a whole one, with the CRM in a process of
 * its own. `--size N` measures one number of records, `--profile` prints what the worker spends its time on instead.
 */
export async function benchSync(quick: boolean): Promise<void> {
  const sizes = askedSizes(quick);
  const profiled = process.argv.includes('--profile');
  const extensionDir = buildExtension(profiled);
  const measures: SizeMeasures[] = [];
  try {
    for (const size of sizes) {
      const crm = await startCrm(size);
      try {
        if (profiled) await profileSync({ crm, extensionDir, ...AT_ONCE });
        else measures.push(await measureSize(size, crm, extensionDir));
      } finally {
        crm.close();
      }
    }
    if (!profiled) report('sync', [...measures.flatMap(rowsOf), ...growthRows(measures.map(costOf))]);
  } finally {
    rmSync(dirname(extensionDir), { recursive: true, force: true });
  }
}

function askedSizes(quick: boolean): number[] {
  const position = process.argv.indexOf('--size');
  if (position === -1) return quick ? SIZES.slice(0, 1) : SIZES;
  const size = Number(process.argv[position + 1]);
  if (!(size >= 1000 && size % 10 === 0)) throw new Error('--size wants a number of records: 1000 or more, a multiple of 10');
  return [size];
}

async function measureSize(size: number, crm: Crm, extensionDir: string): Promise<SizeMeasures> {
  const say = (what: string, ms: number) =>
    console.log(`${size.toLocaleString('en')} records, ${what}: ${(ms / 1000).toFixed(1)} s`);
  const { promise, resolve } = Promise.withResolvers<PlainWriting>();
  const atOnce = await measureSync({
    crm,
    extensionDir,
    ...AT_ONCE,
    async onEnd(context, { counted, told }) {
      say('first sync', told.endedAt - told.startedAt);
      resolve(await writeWithDexie(context, counted.queries));
    },
  });
  const plain = await promise;
  assertSameRecords('plain Dexie wrote', plain.records, atOnce);
  say('written by plain Dexie', plain.ms);
  const jsforce = await readWithJsforce(crm, atOnce.counted.queries);
  assertSameRecords('jsforce read', jsforce.records, atOnce);
  say('read by jsforce', jsforce.ms);
  const realistic = await measureSync({ crm, extensionDir, ...REALISTIC });
  say('first sync at a realistic pace', realistic.told.endedAt - realistic.told.startedAt);
  return { size, atOnce, realistic, plain, jsforce };
}

/** A comparison with something that did less is none. */
function assertSameRecords(who: string, records: number, { told }: MeasuredSync): void {
  if (records !== told.records) throw new Error(`${who} ${records} records where the sync copied ${told.records}`);
}

async function profileSync(options: SyncOptions): Promise<void> {
  let samples: ProfileSample[] = [];
  const { probe, told } = await measureSync({
    ...options,
    async onReady(watch) {
      const stop = await recordProfile(watch);
      return async () => {
        samples = await stop();
      };
    },
  });
  printProfile(samples, probe, told);
}
