import { createEgress, type EgressOptions, type EgressRequest } from '@/lib/egress/egress';

export const ORIGIN = 'https://acme.my.salesforce.com';

/** An egress to one org whose network is `answer`. */
export function egress(answer: (url: string, init: RequestInit) => Promise<Response>, change: Partial<EgressOptions> = {}) {
  const calls: { url: string; init: RequestInit }[] = [];
  const hosts: string[] = [];
  const { send, stream } = createEgress({
    origins: () => [ORIGIN],
    onCall: (host) => hosts.push(host),
    fetch: async (url, init) => {
      calls.push({ url, init });
      return answer(url, init);
    },
    ...change,
  });
  return { send, stream, calls, hosts };
}

export const get = (url: string): EgressRequest => ({ method: 'GET', url });

export const ok = async () =>
  new Response('{"a":1}', { status: 200, headers: { 'Content-Type': 'application/json', 'X-Limit': '5' } });

/** What a browser's fetch does when nothing comes: it waits until it is told to stop. */
export const untilAborted = (signal: AbortSignal | null | undefined) =>
  new Promise<never>((_, reject) => {
    if (signal?.aborted) reject(signal.reason);
    signal?.addEventListener('abort', () => reject(signal.reason));
  });

/** An answer whose body gives these bytes and then nothing more. */
export function stalled(signal: AbortSignal | null | undefined, ...pieces: Uint8Array<ArrayBuffer>[]): Response {
  const left = [...pieces];
  return new Response(
    new ReadableStream({
      pull(controller) {
        const piece = left.shift();
        if (!piece) return untilAborted(signal);
        controller.enqueue(piece);
      },
    }),
  );
}

/** An answer that comes in these pieces; says what became of it. */
export function inPieces(...pieces: Uint8Array<ArrayBuffer>[]) {
  const left = [...pieces];
  const state = { pulls: 0, cancelled: false };
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      pull(controller) {
        state.pulls += 1;
        const piece = left.shift();
        if (piece) controller.enqueue(piece);
        else controller.close();
      },
      cancel() {
        state.cancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { response: new Response(body, { status: 200, headers: { 'Sforce-Locator': 'null' } }), state };
}
