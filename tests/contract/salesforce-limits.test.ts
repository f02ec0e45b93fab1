import { afterEach, describe, expect, it, vi } from 'vitest';
import { DAY, expectEqual, HOUR, type Scene, salesforceScene, SMALL, SMALL_JOBS, whole } from './salesforce-scene';

const FOR_EVER = Number.POSITIVE_INFINITY;
const ANY_CALL = { path: /\/services\/data\/v/ };
const apiError = (errorCode: string) => JSON.stringify([{ errorCode, message: 'm' }]);
const JSON_TYPE = { 'content-type': 'application/json' };
const HTML_TYPE = { 'content-type': 'text/html' };

describe('the daily calls of an org', () => {
  it('are known from the last answer, with what everybody has used', async () => {
    const { crm, sync } = await salesforceScene();
    expect(crm.connector.usage()).toBeNull();
    crm.sandbox.usage.used = 700;
    const { calls } = await whole(sync());
    expect(crm.connector.usage()).toEqual({ used: 700 + calls, max: 15_000 });
    expect(crm.sandbox.usage.used).toBe(700 + calls);
  });

  describe('given a reserve', () => {
    /** An org with 100 calls a day, 20 of which are the reserve, and so many of which are used. */
    const reserveScene = async (used: number, jobs = false): Promise<Scene> => {
      const scene = await salesforceScene({ ...SMALL, accounts: 60, dailyApiCalls: 100 }, jobs ? { jobSizes: SMALL_JOBS } : {});
      scene.crm.sandbox.usage.used = used;
      return scene;
    };

    it.each([
      ['by pages', false],
      ['by jobs', true],
    ])('does not make one call more than leaves it alone, %s', async (_, jobs) => {
      const scene = await reserveScene(70, jobs);
      expect((await scene.sync()).failure).toMatchObject({ code: 'crm.reserve' });
      expect(scene.crm.sandbox.usage.used).toBe(80);
    });

    it('keeps what it has until then, and goes on when there are calls again', async () => {
      const scene = await reserveScene(70);
      const first = await scene.sync({ batchRecords: 25 });
      expect(first.received).toBeGreaterThan(0);
      scene.crm.sandbox.org.clock.advance(DAY);
      const second = await whole(scene.sync({ batchRecords: 25 }));
      await expectEqual(scene);
      expect(second.received).toBeGreaterThan(0);
    });

    it('finds out with one call whether there are calls again, and makes no other when there are none', async () => {
      const scene = await reserveScene(90);
      expect((await scene.sync()).failure).toMatchObject({ code: 'crm.reserve' });
      expect(scene.crm.sandbox.usage.used).toBe(91);
    });

    it('counts the calls of others in', async () => {
      const scene: Scene = await salesforceScene(
        { ...SMALL, dailyApiCalls: 100 },
        {
          beforeRequest() {
            scene.crm.sandbox.usage.used += 9;
          },
        },
      );
      expect((await scene.sync()).failure).toMatchObject({ code: 'crm.reserve' });
      expect(scene.crm.sandbox.usage.used).toBe(80);
    });

    it('may be none at all', async () => {
      const scene = await reserveScene(60);
      scene.selection.reserve = 0;
      await whole(scene.sync());
      await expectEqual(scene);
    });

    it('does not hold up what the user does by hand', async () => {
      const scene = await reserveScene(90);
      await scene.sync();
      expect(await scene.crm.connector.preview(scene.selection.scope)).toEqual({ accounts: expect.any(Number) });
    });
  });
});

describe('a CRM that asks to wait', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  const waiting = async (status: number, headers: Record<string, string>, body = '<html>wait</html>') => {
    const scene = await salesforceScene();
    scene.crm.sandbox.faults.next({ kind: 'answer', status, headers, body, match: ANY_CALL, skip: 3 });
    return scene;
  };

  it.each([
    ['429 with JSON', 429, { ...JSON_TYPE, 'retry-after': '17' }],
    ['429 with a page', 429, { ...HTML_TYPE, 'retry-after': '17' }],
    ['420 with a page', 420, { ...HTML_TYPE, 'retry-after': '17' }],
    ['403 with a page', 403, { ...HTML_TYPE, 'retry-after': '17' }],
    ['503 with a page', 503, { ...HTML_TYPE, 'retry-after': '17' }],
  ])('gets as many seconds as it asks for, little more, and the run goes on: %s', async (_, status, headers) => {
    const scene = await waiting(status, headers, status === 429 ? apiError('REQUEST_RATE_EXCEEDED') : undefined);
    await whole(scene.sync());
    await expectEqual(scene);
    expect(scene.crm.waits).toHaveLength(1);
    expect(scene.crm.waits[0]).toBeGreaterThanOrEqual(17_000);
    expect(scene.crm.waits[0]).toBeLessThan(18_000);
  });

  it('gets until the date that it names', async () => {
    const now = Date.parse('2026-06-01T09:00:00Z');
    vi.useFakeTimers({ toFake: ['Date'], now });
    const scene = await waiting(429, { ...HTML_TYPE, 'retry-after': 'Mon, 01 Jun 2026 09:00:40 GMT' });
    await whole(scene.sync());
    expect(scene.crm.waits[0]).toBeGreaterThanOrEqual(40_000);
    expect(scene.crm.waits[0]).toBeLessThan(41_000);
  });

  it('ends the run when it asks for more than a minute, and says how long', async () => {
    const scene = await waiting(429, { ...HTML_TYPE, 'retry-after': '300' });
    expect((await scene.sync()).failure).toMatchObject({ code: 'crm.busy', retryAfterMs: 300_000 });
    expect(scene.crm.waits).toEqual([]);
    await whole(scene.sync());
    await expectEqual(scene);
  });

  it('is waited for longer and longer when it names no time', async () => {
    const scene = await salesforceScene();
    scene.crm.sandbox.faults.next({ kind: 'maintenance', match: ANY_CALL, skip: 3, times: 3 });
    await whole(scene.sync());
    await expectEqual(scene);
    const [first = 0, second = 0, third = 0] = scene.crm.waits;
    expect(scene.crm.waits).toHaveLength(3);
    expect([first < 1500, second > 2 * first, third > 2 * second, third < 20_000]).toEqual([true, true, true, true]);
  });

  it.each([
    ['without a time', {}],
    ['with one', { 'retry-after': '5' }],
  ])('is not asked again when the calls of the day are used up, %s', async (_, headers) => {
    const scene = await salesforceScene();
    const body = apiError('REQUEST_LIMIT_EXCEEDED');
    const all = { ...JSON_TYPE, ...headers };
    const planted = scene.crm.sandbox.faults.next({
      ...{ kind: 'answer', status: 403, headers: all, body, match: ANY_CALL },
      ...{ skip: 3, times: FOR_EVER },
    });
    expect((await scene.sync()).failure).toMatchObject({ code: 'crm.limit' });
    expect(planted.hits).toBe(1);
    expect(scene.crm.waits).toEqual([]);
  });
});

describe('a login that has run out', () => {
  it('is renewed once, with the rotated refresh token kept, and the run goes on', async () => {
    const scene = await salesforceScene();
    const before = scene.crm.session();
    scene.crm.sandbox.tokens.expireAccessTokens();
    scene.crm.sandbox.log.clear();
    await whole(scene.sync());
    await expectEqual(scene);
    expect(scene.crm.session().refreshToken).not.toBe(before.refreshToken);
    expect(scene.crm.sandbox.log.matching(/oauth2\/token/)).toHaveLength(1);
  });

  it('is renewed again and again within a run that outlasts it', async () => {
    const scene = await salesforceScene({ ...SMALL, accessTokenSeconds: 60 }, { jobSizes: SMALL_JOBS });
    scene.crm.sandbox.log.clear();
    await whole(scene.sync({ onProgress: () => scene.crm.sandbox.org.clock.advance(30_000) }));
    await expectEqual(scene);
    expect(scene.crm.sandbox.log.matching(/oauth2\/token/).length).toBeGreaterThan(3);
  });

  it('is renewed once by two that find it out together', async () => {
    const scene = await salesforceScene();
    const other = scene.crm.another();
    scene.crm.sandbox.tokens.expireAccessTokens();
    scene.crm.sandbox.log.clear();
    await Promise.all([whole(scene.sync()), other.preview(scene.selection.scope), other.fields('account')]);
    await expectEqual(scene);
    expect(scene.crm.sandbox.log.matching(/oauth2\/token/)).toHaveLength(1);
  });

  it('is not taken for over when a proxy says 401 with a page', async () => {
    const scene = await salesforceScene();
    const before = scene.crm.session();
    const body = '<html>Sign in to the network</html>';
    scene.crm.sandbox.log.clear();
    const fault = { kind: 'answer', status: 401, headers: HTML_TYPE, body, match: ANY_CALL } as const;
    const planted = scene.crm.sandbox.faults.next({ ...fault, times: FOR_EVER });
    expect((await scene.sync()).failure).toMatchObject({ code: 'crm.answer-unreadable' });
    expect(scene.crm.session()).toEqual(before);
    expect(scene.crm.sandbox.log.matching(/oauth2\/token/)).toEqual([]);
    planted.remove();
    await whole(scene.sync());
  });

  it('is taken up anew without the user when a rotated token was lost before it was stored', async () => {
    const scene = await salesforceScene(SMALL, { signsInSilently: true });
    const lost = scene.crm.session();
    scene.crm.sandbox.tokens.expireAccessTokens();
    await scene.crm.connector.fields('account');
    expect(scene.crm.session().refreshToken).not.toBe(lost.refreshToken);
    // The worker was killed between the answer and its storing: the disk still has the old pair.
    await scene.crm.sessions.save(lost);
    await whole(scene.sync());
    await expectEqual(scene);
    expect(scene.crm.session().refreshToken).not.toBe(lost.refreshToken);
  });

  it('asks for the user when the CRM wants to see them', async () => {
    const scene = await salesforceScene();
    const before = scene.crm.session();
    scene.crm.sandbox.tokens.revokeAll();
    expect((await scene.sync()).failure).toMatchObject({ code: 'auth.reconnect' });
    expect(scene.crm.session()).toEqual(before);
  });

  it('asks for the user when the CRM refuses even a fresh token, after two tries', async () => {
    const scene = await salesforceScene();
    const planted = scene.crm.sandbox.faults.next({ kind: 'session-expired', match: ANY_CALL, times: FOR_EVER });
    expect((await scene.sync()).failure).toMatchObject({ code: 'auth.reconnect' });
    expect(planted.hits).toBe(2);
    expect(scene.crm.sandbox.org.clock.now() - (SMALL.now ?? 0)).toBeLessThan(HOUR);
  });
});
