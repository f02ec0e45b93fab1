import { measureLatency } from './tests/bench/match/latency.ts';
import { report } from './tests/bench/report.ts';
const quick = process.argv.includes('--quick');
const i = process.argv.indexOf('--size');
report('match-latency', await measureLatency(i > 0 ? [Number(process.argv[i+1])] : [10_000], quick));
