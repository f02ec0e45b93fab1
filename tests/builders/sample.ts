import type { SampleKeeper } from '@/lib/connectors/sample';

/** Where changes of the sample are kept, as a sealed box keeps them: by value. `fail` is thrown by the next write. */
export function sampleKeeper(): SampleKeeper & { fail: Error | null } {
  let kept: string | null = null;
  return {
    fail: null,
    load: async () => (kept === null ? null : JSON.parse(kept)),
    async save(changes) {
      const error = this.fail;
      this.fail = null;
      if (error) throw error;
      kept = JSON.stringify(changes);
    },
  };
}
