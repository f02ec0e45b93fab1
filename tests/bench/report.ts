import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** One measured thing, next to what a user would pick instead. `ratio` is against / value for times: above 1 is better. */
export interface BenchRow {
  what: string;
  value: number;
  unit: string;
  against: number | null;
  ratio: number | null;
  bar: string | null;
  holds: boolean | null;
}

/** Prints the rows as a table and writes them to bench-results/NAME.json in the folder the command was started in. */
export function report(name: string, rows: readonly BenchRow[]): void {
  const number = (value: number | null) =>
    value === null ? '' : value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(2);
  console.table(
    rows.map(({ what, value, unit, against, ratio, bar, holds }) => ({
      what,
      value: `${number(value)} ${unit}`,
      against: number(against),
      ratio: number(ratio),
      bar: bar ?? '',
      holds: holds === null ? '' : holds ? 'yes' : 'NO',
    })),
  );
  mkdirSync('bench-results', { recursive: true });
  writeFileSync(join('bench-results', `${name}.json`), `${JSON.stringify(rows, null, 2)}\n`);
}
