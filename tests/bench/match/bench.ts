import { createServer } from 'vite';
import { ROOT } from '../../architecture/layers.ts';
import { runSeed, seeded } from '../../e2e/expected.ts';
import { hasSharedData, sharedData } from '../../fixtures/shared-data.ts';
import { companies } from './companies.ts';
import { measureLatency } from './latency.ts';
import { type BenchRow, report } from '../report.ts';

type Accuracy = typeof import('./accuracy.ts');

const row = (what: string, value: number, unit: string, bar: string | null, holds: boolean | null): BenchRow => ({
  what,
  value,
  unit,
  against: null,
  ratio: null,
  bar,
  holds,
});

const SIZES = [10_000, 100_000, 1_000_000];

/** `--size N` measures one number of Accounts. */
function askedSizes(quick: boolean): number[] {
  const position = process.argv.indexOf('--size');
  if (position === -1) return quick ? SIZES.slice(0, 1) : SIZES;
  const size = Number(process.argv[position + 1]);
  if (!(size >= 1000)) throw new Error('--size wants a number of Accounts: 1000 or more');
  return [size];
}

/** How right the matching is over real companies, and how long it takes; `--accuracy` leaves the times out. `SIDELIGHT_SEED` repeats a run. */
export async function benchMatch(quick: boolean): Promise<void> {
  const random = seeded(runSeed());
  const server = await createServer({
    configFile: false,
    root: ROOT,
    logLevel: 'error',
    resolve: { alias: { '@': ROOT } },
    server: { middlewareMode: true },
  });
  try {
    const { measureAccuracy } = (await server.ssrLoadModule('/tests/bench/match/accuracy.ts')) as Accuracy;
    const popular = hasSharedData('toplists/opendns-top-domains.txt')
      ? sharedData('toplists/opendns-top-domains.txt')
          .split('\n')
          .filter((line) => line !== '')
      : [];
    const all = companies();
    const found = measureAccuracy(all, popular, random);
    console.table(
      found.kinds.map(({ kind, accounts, found: right, missed, wrong }) => ({
        kind,
        accounts,
        found: right,
        missed,
        wrong,
        recall: (right / accounts).toFixed(4),
        precision: (right / (right + wrong)).toFixed(4),
      })),
    );
    for (const { kind, examples } of found.kinds) if (examples.length > 0) console.log(`${kind}: ${examples.join('; ')}`);
    for (const one of found.falseOnPopular.slice(0, 20)) console.log(`shown on a popular site: ${one}`);
    const latency = process.argv.includes('--accuracy') ? [] : await measureLatency(askedSizes(quick), quick);
    report('match', [
      row(
        `precision, ${all.length} companies, ${found.kinds.length} kinds of mess`,
        found.precision * 100,
        '%',
        '≥ 99.5 %',
        found.precision >= 0.995,
      ),
      row('recall', found.recall * 100, '%', '≥ 98 %', found.recall >= 0.98),
      ...(popular.length > 0
        ? [
            row(
              `false matches on ${popular.length} popular sites`,
              found.falseOnPopular.length,
              '',
              '0',
              found.falseOnPopular.length === 0,
            ),
          ]
        : []),
      ...latency,
    ]);
  } finally {
    await server.close();
  }
}
