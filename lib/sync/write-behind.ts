/** Lets one write go on while the next batch comes from the CRM; never two at once, and in their order. */
export interface WriteBehind {
  /** Begins `write` when the one before has ended; resolves as soon as it has begun. @throws what the one before failed with */
  begin(write: () => Promise<void>): Promise<void>;
  /** Resolves when nothing is being written any more. @throws what the last one failed with */
  settled(): Promise<void>;
}

export function createWriteBehind(): WriteBehind {
  let writing: Promise<void> = Promise.resolve();
  return {
    async begin(write) {
      await writing;
      writing = write();
      // Whoever waits for it next hears of its failure.
      writing.catch(() => undefined);
    },
    settled: () => writing,
  };
}
