/**
 * How long work shares the worker's one thread with people who wait for an answer. A batch of 20,000 records is a second of
 * hashing, packing and parsing: in one piece it would hold up every site that is opened meanwhile.
 */
export interface Pace {
  /**
   * To be awaited often in long work, say every few hundred records: lets everything else run when the thread was held for
   * too long, and stands back while somebody is in a hurry. Costs next to nothing otherwise.
   */
  breathe(): Promise<void>;
  /** Work that a person waits for. It must not breathe itself. */
  hurry<T>(work: () => Promise<T>): Promise<T>;
}

/** For work that has the thread to itself, such as tests. */
export const UNPACED: Pace = { breathe: async () => undefined, hurry: (work) => work() };

/** A frame has 16 ms; half of one is not noticed. */
const HOLD_MS = 8;
/** Long work goes on in the end, however many are in a hurry. */
const STAND_BACK_MS = 250;

/**
 * A pace for one worker.
 * @param now milliseconds of a clock that does not jump
 * @param nextTask resolves when everything that waited has had its turn once
 */
export function createPace({
  now = () => performance.now(),
  nextTask = taskByMessage(),
}: {
  now?: () => number;
  nextTask?: () => Promise<void>;
} = {}): Pace {
  let hurrying = 0;
  let calm: (() => void)[] = [];
  let heldSince = now();

  /** Resolves when nobody is in a hurry any more, or after the longest time to stand back. */
  function standBack(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, STAND_BACK_MS);
      calm.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  return {
    async breathe() {
      if (hurrying > 0) await standBack();
      else if (now() - heldSince < HOLD_MS) return;
      await nextTask();
      heldSince = now();
    },
    async hurry(work) {
      hurrying += 1;
      try {
        return await work();
      } finally {
        hurrying -= 1;
        if (hurrying === 0) {
          for (const goOn of calm) goOn();
          calm = [];
        }
      }
    },
  };
}

/** By a message to oneself: a timer would wait four milliseconds each time. */
function taskByMessage(): () => Promise<void> {
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.onmessage = () => waiting.shift()?.();
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      port2.postMessage(null);
    });
}
