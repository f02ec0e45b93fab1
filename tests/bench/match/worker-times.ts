/**
 * What is measured inside of an extension, in its worker and in the pages that it looks at. Both functions go there as text, in
 * front of the extension's own scripts, so they use nothing but what stands in them.
 */

/** One life of a worker. Times in milliseconds since 1970, with fractions. */
export interface WorkerLife {
  /** When the browser began to make the worker. */
  startedAt: number;
  /** When the first and when the last of its scripts has run. */
  scriptsFrom: number;
  scriptsTo: number;
  /** Questions for a match, from the call of the listener to the answer. */
  answers: { from: number; to: number }[];
}

/** One question of a page visit as the page sees it. Times in milliseconds since 1970, with fractions. */
export interface PageQuestion {
  /** The first byte of the page, which is a little before the navigation commits. */
  respondedAt: number;
  askedAt: number;
  answeredAt: number;
  matched: boolean;
}

export function timeAnswers(): void {
  type Listener = (message: unknown, sender: unknown, respond: (reply: unknown) => void) => unknown;
  const now = () => performance.timeOrigin + performance.now();
  const life: WorkerLife = { startedAt: performance.timeOrigin, scriptsFrom: now(), scriptsTo: 0, answers: [] };
  const scope = globalThis as unknown as { browser?: typeof chrome; chrome: typeof chrome };
  const events = new Set([scope.browser?.runtime.onMessage, scope.chrome.runtime.onMessage]);
  for (const event of events) {
    if (!event) continue;
    const add = event.addListener.bind(event) as (listener: Listener) => void;
    const timed = (listener: Listener): Listener => {
      return (message, sender, respond) => {
        const { name = 'overlay.ask' } = message as { name?: string };
        const from = now();
        const note = () => (name === 'overlay.ask' ? life.answers.push({ from, to: now() }) : 0);
        const result = listener(message, sender, (reply) => {
          note();
          respond(reply);
        });
        if (result instanceof Promise) result.then(note, note);
        return result;
      };
    };
    Object.assign(event, { addListener: (listener: Listener) => add(timed(listener)) });
  }
  Object.assign(globalThis, {
    sidelightLife: life,
    sidelightScriptsRan: () => {
      life.scriptsTo = now();
    },
  });
}

export function timeQuestions(): void {
  const now = () => performance.timeOrigin + performance.now();
  const { runtime } = chrome;
  const send = runtime.sendMessage.bind(runtime) as (message: unknown) => Promise<{ ok?: boolean; value?: unknown }>;
  Object.assign(runtime, {
    async sendMessage(message: unknown) {
      const askedAt = now();
      const reply = await send(message);
      const answeredAt = now();
      const [navigation] = performance.getEntriesByType('navigation');
      const respondedAt = performance.timeOrigin + ((navigation as PerformanceNavigationTiming | undefined)?.responseStart ?? 0);
      const matched = reply?.ok === true && reply.value !== null;
      document.documentElement.dataset.question = JSON.stringify({ respondedAt, askedAt, answeredAt, matched });
      return reply;
    },
  });
}

/** Read in the worker, also sent as text. */
export function readLife(): WorkerLife {
  return (globalThis as unknown as { sidelightLife: WorkerLife }).sidelightLife;
}
