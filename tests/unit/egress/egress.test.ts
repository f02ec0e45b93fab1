import { describe, expect, it } from 'vitest';
import { AppError } from '@/lib/shared/errors';
import { codeOf } from '../../builders/codes';
import { egress, get, ok, ORIGIN, stalled, untilAborted } from './network';

const URL_WITH_SECRETS = `${ORIGIN}/services/data?q=SELECT+Name+FROM+Lead+WHERE+Email='jane@example.org'`;

describe('a call', () => {
  describe('given an address of the org', () => {
    it('gives status, headers in lower case and text', async () => {
      expect(await egress(ok).send(get(`${ORIGIN}/x`))).toEqual({
        status: 200,
        headers: { 'content-type': 'application/json', 'x-limit': '5' },
        body: '{"a":1}',
      });
    });

    it('calls with no cookies, no redirect, no referrer and nothing left in the cache', async () => {
      const { send, calls } = egress(ok);
      await send({ method: 'POST', url: `${ORIGIN}/x`, headers: { authorization: 'Bearer t' }, body: 'b' });
      expect(calls[0]?.init).toMatchObject({
        method: 'POST',
        headers: { authorization: 'Bearer t' },
        body: 'b',
        cache: 'no-store',
        credentials: 'omit',
        redirect: 'manual',
        referrerPolicy: 'no-referrer',
      });
    });

    it('sends no body when there is none', async () => {
      const { send, calls } = egress(ok);
      await send(get(`${ORIGIN}/x`));
      expect(calls[0]?.init).not.toHaveProperty('body');
    });

    it('tells of the call by host alone', async () => {
      const { send, hosts } = egress(ok);
      await send(get(URL_WITH_SECRETS));
      expect(hosts).toEqual(['acme.my.salesforce.com']);
    });

    it.each([204, 400, 401, 403, 429, 500, 503])('leaves the verdict on status %i to the caller', async (status) => {
      const { send } = egress(async () => new Response(status === 204 ? null : 'x', { status }));
      expect((await send(get(`${ORIGIN}/x`))).status).toBe(status);
    });

    it.each([`${ORIGIN}:443/x`, `${ORIGIN.toUpperCase()}/x`, `${ORIGIN}/a/../x`])('takes %s for what it is', async (url) => {
      const { send, calls } = egress(ok);
      await send(get(url));
      expect(calls[0]?.url).toBe(`${ORIGIN}/x`);
    });

    it('reads a character that falls between two pieces', async () => {
      const bytes = new TextEncoder().encode('Müller');
      const { send } = egress(
        async () =>
          new Response(
            new ReadableStream({
              start(controller) {
                controller.enqueue(bytes.slice(0, 2));
                controller.enqueue(bytes.slice(2));
                controller.close();
              },
            }),
          ),
      );
      expect((await send(get(`${ORIGIN}/x`))).body).toBe('Müller');
    });
  });

  describe('given any other address', () => {
    it.each([
      'http://acme.my.salesforce.com/x',
      'https://acme.my.salesforce.com:8443/x',
      'https://acme.my.salesforce.com.evil.example/x',
      'https://evil.example/acme.my.salesforce.com',
      'https://evilacme.my.salesforce.com/x',
      'https://other.my.salesforce.com/x',
      'https://acme.my.salesforce.com@evil.example/x',
      'https://evil.example#@acme.my.salesforce.com/x',
      'https://user:pass@acme.my.salesforce.com/x',
      'https://user@acme.my.salesforce.com/x',
      'https://:pass@acme.my.salesforce.com/x',
      'https://acme.my.salesforce.com./x',
      'https://аcme.my.salesforce.com/x',
      'wss://acme.my.salesforce.com/x',
      'ftp://acme.my.salesforce.com/x',
      'javascript:alert(1)//https://acme.my.salesforce.com',
      'data:text/plain,x',
      'blob:https://acme.my.salesforce.com/1',
      'file:///etc/passwd',
      '//acme.my.salesforce.com/x',
      '/services/data',
      'not a url',
      '',
    ])('stops the call to %j before it leaves', async (url) => {
      const { send, calls, hosts } = egress(ok);
      expect(await codeOf(send(get(url)))).toBe('egress.blocked');
      expect([calls, hosts]).toEqual([[], []]);
    });

    it('stops every call when nothing is pinned', async () => {
      const { send, calls } = egress(ok, { origins: () => [] });
      expect(await codeOf(send(get(`${ORIGIN}/x`)))).toBe('egress.blocked');
      expect(calls).toEqual([]);
    });

    it('stops http even when a careless caller pins it', async () => {
      const { send } = egress(ok, { origins: () => ['http://acme.my.salesforce.com', 'null'] });
      expect(await codeOf(send(get('http://acme.my.salesforce.com/x')))).toBe('egress.blocked');
      expect(await codeOf(send(get('data:text/plain,x')))).toBe('egress.blocked');
    });

    it('asks at each call what is pinned, since signing in adds an origin', async () => {
      const origins: string[] = [];
      const { send } = egress(ok, { origins: () => origins });
      expect(await codeOf(send(get(`${ORIGIN}/x`)))).toBe('egress.blocked');
      origins.push(ORIGIN);
      expect((await send(get(`${ORIGIN}/x`))).status).toBe(200);
    });
  });

  describe('given a network that fails', () => {
    it('is offline when the call fails', async () => {
      const { send } = egress(() => Promise.reject(new TypeError('Failed to fetch')));
      expect(await codeOf(send(get(`${ORIGIN}/x`)))).toBe('crm.offline');
    });

    it('is offline when the answer breaks off', async () => {
      const broken = () =>
        new Response(
          new ReadableStream({
            pull(controller) {
              controller.error(new TypeError('network error'));
            },
          }),
        );
      expect(await codeOf(egress(async () => broken()).send(get(`${ORIGIN}/x`)))).toBe('crm.offline');
    });

    it('is a timeout when no answer comes in time', async () => {
      const { send } = egress((_, { signal }) => untilAborted(signal), { timeoutMs: 1 });
      expect(await codeOf(send(get(`${ORIGIN}/x`)))).toBe('crm.timeout');
    });

    it('is a timeout when an answer does not end in time', async () => {
      const { send } = egress(async (_, { signal }) => stalled(signal));
      expect(await codeOf(send({ ...get(`${ORIGIN}/x`), timeoutMs: 1 }))).toBe('crm.timeout');
    });
  });

  describe('given a caller who gives up', () => {
    const reason = new Error('the run has ended');

    it.each([
      ['before the answer', (signal: AbortSignal | null | undefined) => untilAborted(signal)],
      ['while the answer comes', async (signal: AbortSignal | null | undefined) => stalled(signal)],
    ])('ends %s with the reason given, and not as a timeout', async (_, answer) => {
      const caller = new AbortController();
      const { send } = egress((_, { signal }) => {
        queueMicrotask(() => caller.abort(reason));
        return answer(signal);
      });
      await expect(send({ ...get(`${ORIGIN}/x`), signal: caller.signal })).rejects.toBe(reason);
    });

    it('makes no call when that was so before', async () => {
      const { send, calls, hosts } = egress(ok);
      await expect(send({ ...get(`${ORIGIN}/x`), signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
      expect([calls, hosts]).toEqual([[], []]);
    });

    it('keeps its own time limit', async () => {
      const { send } = egress((_, { signal }) => untilAborted(signal), { timeoutMs: 1 });
      expect(await codeOf(send({ ...get(`${ORIGIN}/x`), signal: new AbortController().signal }))).toBe('crm.timeout');
    });
  });

  describe('given an answer that is too large', () => {
    it('stops reading at the limit and fails', async () => {
      const state = { pulls: 0, cancelled: false };
      const endless = () =>
        new Response(
          new ReadableStream({
            pull(controller) {
              state.pulls += 1;
              controller.enqueue(new Uint8Array(1000));
            },
            cancel() {
              state.cancelled = true;
            },
          }),
        );
      const { send } = egress(async () => endless(), { maxBytes: 5000 });
      expect(await codeOf(send(get(`${ORIGIN}/x`)))).toBe('crm.answer-too-large');
      expect(state.cancelled).toBe(true);
      expect(state.pulls).toBeLessThan(10);
    });

    it('counts bytes and not characters, and takes what just fits', async () => {
      const { send } = egress(async () => new Response('üüü'), { maxBytes: 6 });
      expect((await send(get(`${ORIGIN}/x`))).body).toBe('üüü');
      expect(await codeOf(egress(async () => new Response('üüü'), { maxBytes: 5 }).send(get(`${ORIGIN}/x`)))).toBe(
        'crm.answer-too-large',
      );
    });
  });

  it.each<[string, string, () => Promise<Response>]>([
    ['was stopped', 'https://evil.example/?token=SECRET', ok],
    ['failed', URL_WITH_SECRETS, () => Promise.reject(new TypeError('Failed to fetch'))],
    ['got too much', URL_WITH_SECRETS, async () => new Response('SECRET'.repeat(100))],
  ])('says nothing of address, body or answer when a call %s', async (_, url, answer) => {
    const { send } = egress(answer, { maxBytes: 50 });
    const error: unknown = await send({ method: 'POST', url, body: 'SECRET' }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AppError);
    const said =
      error instanceof AppError ? [error.message, String(error), error.stack, JSON.stringify(error), String(error.cause)] : [];
    expect(said.join('\n')).not.toMatch(/SECRET|jane|SELECT|evil/);
  });
});
