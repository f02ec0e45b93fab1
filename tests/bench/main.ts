import { benchMatch } from './match/bench.ts';
import { benchSearch } from './search/bench.ts';
import { benchSurfaces } from './surfaces/bench.ts';
import { benchSync } from './sync/bench.ts';
import { benchVault } from './vault/bench.ts';

/** `npm run bench [-- NAME] [--quick]`: measures in the real browser. */
const BENCHES: Record<string, (quick: boolean) => Promise<void>> = {
  vault: benchVault,
  sync: benchSync,
  match: benchMatch,
  search: benchSearch,
  surfaces: benchSurfaces,
};

const quick = process.argv.includes('--quick');
const [name] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const chosen = name ? [name] : Object.keys(BENCHES);
for (const one of chosen) {
  const bench = BENCHES[one];
  if (!bench) {
    console.error(`There is no bench named ${one}. Known: ${Object.keys(BENCHES).join(', ')}.`);
    process.exit(1);
  }
  await bench(quick);
}
