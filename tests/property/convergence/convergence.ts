import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { sequences } from './arbitrary-sequence';
import { runSequence } from './run-sequence';
import type { Sequence } from './sequence';

/** Sequences a part; four parts run beside each other. */
const RUNS = 250;
/** Finding the shortest failing sequence takes longer than all sequences that pass. */
const LONGEST_MS = 20 * 60_000;
/** What each part has to come by, so that it never passes for having looked at nothing. */
const REACHED = [
  ...['create', 'update', 'import', 'reparent', 'delete', 'undelete', 'merge', 'convert', 'user', 'share'],
  ...['whole', 'aborted', 'killed', 'crm.offline', 'held', 'unavailable', 'job'],
  ...['wait', 'clock-back', 'empty-bin', 'expire', 'choose', 'field-right', 'object-right'],
];

/** One part of the property; each has sequences of its own. A failure names the seed and the path that repeat it alone. */
export function convergence(part: number): void {
  const { SEQUENCES, SEED, SEED_PATH } = process.env;
  const seed = SEED === undefined ? part : Number(SEED);

  describe('given any changes in the CRM, any choices of the user and any syncs that were cut off anywhere', () => {
    it(`has a copy that equals the CRM after one sync without trouble, sequences ${part} of 4`, {
      timeout: LONGEST_MS,
    }, async () => {
      // Only the jitter of waits draws from it.
      vi.spyOn(Math, 'random').mockReturnValue(0.5);
      const reached = new Map<string, number>();
      const property = fc.asyncProperty(sequences, async (sequence) => {
        const story: string[] = [];
        const { differences, seen } = await runSequence(sequence, story).catch((error: unknown) => {
          throw new Error(told(sequence, ['a run failed without a reason'], story), { cause: error });
        });
        for (const what of seen) reached.set(what, (reached.get(what) ?? 0) + 1);
        if (differences.length > 0) throw new Error(told(sequence, differences, story));
      });
      await fc.assert(property, {
        ...{ seed, numRuns: SEQUENCES === undefined ? RUNS : Number(SEQUENCES) },
        ...(SEED_PATH === undefined ? {} : { path: SEED_PATH }),
      });
      if (SEQUENCES === undefined) expect(REACHED.filter((what) => !reached.has(what))).toEqual([]);
      else console.log(Object.fromEntries([...reached].sort()));
    });
  });
}

function told({ setup }: Sequence, differences: readonly string[], story: readonly string[]): string {
  return ['', JSON.stringify(setup), ...story, 'in the end:', ...differences.map((line) => `  ${line}`), ''].join('\n');
}
