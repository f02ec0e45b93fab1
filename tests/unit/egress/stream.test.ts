import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EgressStream } from '@/lib/egress/egress';
import { codeOf } from '../../builders/codes';
import { egress, get, inPieces, ok, ORIGIN, stalled, untilAborted } from './network';

const URL_HERE = `${ORIGIN}/services/data/v62.0/jobs/query/750/results`;
const bytes = (text: string) => new TextEncoder().encode(text);

async function read({ body }: EgressStream): Promise<string[]> {
  const pieces: string[] = [];
  for await (const piece of body) pieces.push(piece);
  return pieces;
}

describe('a streamed call', () => {
  describe('given an answer in pieces', () => {
    it('gives status and headers before any of the body is read, and then the text as it comes', async () => {
      const { response, state } = inPieces(bytes('one'), bytes('two'));
      const answer = await egress(async () => response).stream(get(URL_HERE));
      expect([answer.status, answer.headers, state.pulls]).toEqual([200, { 'sforce-locator': 'null' }, 0]);
      expect(await read(answer)).toEqual(['one', 'two']);
    });

    it('keeps a character whole that falls between two pieces', async () => {
      const text = 'Müller 😀';
      const { response } = inPieces(...[...bytes(text)].map((byte) => Uint8Array.of(byte)));
      const pieces = await read(await egress(async () => response).stream(get(URL_HERE)));
      expect(pieces.join('')).toBe(text);
      expect(pieces).not.toContain('');
    });

    it('has no limit for the size of the whole', async () => {
      const { response } = inPieces(...Array.from({ length: 50 }, () => bytes('0123456789')));
      const { stream } = egress(async () => response, { maxBytes: 20 });
      expect((await read(await stream(get(URL_HERE)))).join('')).toHaveLength(500);
    });

    it('reads an answer without a body as no text', async () => {
      const { stream } = egress(async () => new Response(null, { status: 204 }));
      expect(await read(await stream(get(URL_HERE)))).toEqual([]);
    });

    it('ends the transfer when the reader leaves the loop', async () => {
      const { response, state } = inPieces(bytes('one'), bytes('two'), bytes('three'));
      const { body } = await egress(async () => response).stream(get(URL_HERE));
      for await (const piece of body) if (piece === 'one') break;
      expect(state).toEqual({ pulls: 1, cancelled: true });
    });
  });

  it('is bound to the same origins and made in the same way as any other', async () => {
    const { send, stream, calls, hosts } = egress(ok);
    expect(await codeOf(stream(get('https://evil.example/x')))).toBe('egress.blocked');
    expect([calls, hosts]).toEqual([[], []]);
    await send(get(URL_HERE));
    await stream(get(URL_HERE));
    const [sent, streamed] = calls.map(({ url, init: { signal: _, ...init } }) => ({ url, init }));
    expect(streamed).toEqual(sent);
    expect(hosts).toHaveLength(2);
  });

  describe('given a network that fails', () => {
    beforeEach(() => {
      vi.useFakeTimers();
    });
    afterEach(() => {
      vi.useRealTimers();
    });

    it('is offline when the call fails or the answer breaks off', async () => {
      expect(await codeOf(egress(() => Promise.reject(new TypeError('Failed to fetch'))).stream(get(URL_HERE)))).toBe(
        'crm.offline',
      );
      const broken = new ReadableStream({
        pull(controller) {
          controller.error(new TypeError('network error'));
        },
      });
      const answer = await egress(async () => new Response(broken)).stream(get(URL_HERE));
      expect(await codeOf(read(answer))).toBe('crm.offline');
    });

    it('is a timeout when the headers do not come in time', async () => {
      const { stream } = egress((_, { signal }) => untilAborted(signal), { timeoutMs: 20_000 });
      const code = codeOf(stream(get(URL_HERE)));
      await vi.advanceTimersByTimeAsync(20_000);
      expect(await code).toBe('crm.timeout');
    });

    it('is a timeout when the next piece does not come within a minute', async () => {
      const { stream } = egress(async (_, { signal }) => stalled(signal, bytes('one')));
      const pieces = (await stream(get(URL_HERE))).body[Symbol.asyncIterator]();
      expect(await pieces.next()).toEqual({ done: false, value: 'one' });
      let code = '';
      void codeOf(pieces.next().then(() => undefined)).then((got) => {
        code = got;
      });
      await vi.advanceTimersByTimeAsync(59_999);
      expect(code).toBe('');
      await vi.advanceTimersByTimeAsync(1);
      expect(code).toBe('crm.timeout');
    });

    it('waits for a piece as long as the request says', async () => {
      const { stream } = egress(async (_, { signal }) => stalled(signal));
      const code = codeOf(read(await stream({ ...get(URL_HERE), idleMs: 5 })));
      await vi.advanceTimersByTimeAsync(5);
      expect(await code).toBe('crm.timeout');
    });

    it('takes any time in all, and does not count what the reader does between pieces', async () => {
      const { response } = inPieces(bytes('one'), bytes('two'), bytes('three'));
      const { stream, calls } = egress(async () => response);
      const pieces: string[] = [];
      for await (const piece of (await stream(get(URL_HERE))).body) {
        pieces.push(piece);
        await vi.advanceTimersByTimeAsync(3_600_000);
      }
      expect(calls[0]?.init.signal?.aborted).toBe(false);
      expect(pieces).toEqual(['one', 'two', 'three']);
    });

    it('leaves no timer behind, however it ends', async () => {
      const { response } = inPieces(bytes('one'), bytes('two'));
      for await (const _ of (await egress(async () => response).stream(get(URL_HERE))).body) break;
      await codeOf(egress(() => Promise.reject(new TypeError('Failed to fetch'))).stream(get(URL_HERE)));
      await read(await egress(ok).stream(get(URL_HERE)));
      expect(vi.getTimerCount()).toBe(0);
    });
  });

  it('ends with the reason of a caller who gives up while it is read', async () => {
    const caller = new AbortController();
    const reason = new Error('the run has ended');
    const { stream } = egress(async (_, { signal }) => stalled(signal, bytes('one')));
    const { body } = await stream({ ...get(URL_HERE), signal: caller.signal });
    const reading = (async () => {
      for await (const piece of body) if (piece === 'one') queueMicrotask(() => caller.abort(reason));
    })();
    await expect(reading).rejects.toBe(reason);
  });
});
