import { describe, expect, it } from 'vitest';
import { registered } from '@/lib/connectors/registry';
import { signInByToken } from '@/lib/connectors/hubspot/auth';
import { createEgress } from '@/lib/egress/egress';
import { contentOf, expectEqual, HOUR, hubspotScene, rowOf, visibleRows, whole } from './hubspot-scene';

const json = { 'content-type': 'application/json' };
const limit = (policyName: string) => JSON.stringify({ status: 'error', message: 'limit', errorType: 'RATE_LIMIT', policyName });
/** What goes wrong with HubSpot, in the words in which it says so. */
const TOKEN_ENDED = { kind: 'answer', status: 401, body: '{"category":"INVALID_AUTHENTICATION"}', headers: json } as const;
const BUSY = { kind: 'answer', status: 429, body: limit('TEN_SECONDLY_ROLLING'), headers: json } as const;
const DAILY = { kind: 'answer', status: 429, body: limit('DAILY'), headers: json } as const;
const BROKEN = { kind: 'answer', status: 500, body: '', headers: json } as const;

describe('HubSpot in trouble', () => {
  it.each([
    ['a page of the network', { kind: 'html' }],
    ['a maintenance page', { kind: 'maintenance' }],
    ['half an answer', { kind: 'truncate' }],
    ['a connection that breaks', { kind: 'drop' }],
    ['too many requests', BUSY],
    ['an error of its own', BROKEN],
  ] as const)('asks again after an answer that is faulty once: %s', async (_, fault) => {
    const scene = await hubspotScene();
    const planted = scene.crm.sandbox.faults.next({ ...fault, skip: 9 });
    await whole(scene.sync());
    await expectEqual(scene);
    expect(planted.hits).toBe(1);
    expect(scene.crm.waits).toHaveLength(1);
  });

  it.each([
    ['a page of the network', { kind: 'html' }, 'crm.answer-unreadable', 4],
    ['a maintenance page', { kind: 'maintenance' }, 'crm.unavailable', 4],
    ['a connection that breaks', { kind: 'drop' }, 'crm.offline', 4],
    ['too many requests', BUSY, 'crm.busy', 4],
    ['no calls left today', DAILY, 'crm.limit', 1],
    ['a token that has ended', TOKEN_ENDED, 'auth.reconnect', 1],
  ] as const)('says so after some patience and leaves the copy as it was: %s', async (_, fault, code, tries) => {
    const scene = await hubspotScene();
    await whole(scene.sync());
    const before = await contentOf(scene.store, 'account');
    scene.crm.sandbox.store.clock.advance(HOUR);
    scene.crm.sandbox.store.update('companies', rowOf(scene, 'account').id, { name: 'Not seen yet' });
    const planted = scene.crm.sandbox.faults.next({ ...fault, times: Number.POSITIVE_INFINITY });
    expect((await scene.sync()).failure).toMatchObject({ code });
    expect(planted.hits).toBe(tries);
    expect(await contentOf(scene.store, 'account')).toEqual(before);
    planted.remove();
    await whole(scene.sync());
    await expectEqual(scene);
  });

  it('leaves the reserve of the account’s daily calls alone, and tells how many were used', async () => {
    const scene = await hubspotScene();
    const { settings } = scene.crm.sandbox;
    settings.callsToday = settings.callsADay * 0.9;
    expect((await scene.sync()).failure).toMatchObject({ code: 'crm.reserve' });
    expect(scene.crm.connector.usage()).toMatchObject({ max: 250_000 });
    settings.callsToday = 0;
  });

  it.each([
    ['without an id', { id: '' }],
    ['whose values are no texts', { properties: { name: { unexpected: true } as never } }],
    ['whose time is none', { updatedAt: 'the day before yesterday' }],
  ])('leaves out a malformed record and counts it: %s', async (_, damage) => {
    const scene = await hubspotScene({ accounts: 20 });
    const row = scene.crm.sandbox.store.find('companies', rowOf(scene, 'account').id);
    // Behind the store's back: what is written there is put right.
    Object.assign(row ?? {}, damage);
    expect((await whole(scene.sync())).skipped).toBe(1);
    expect((await scene.store.counts()).account).toBe(visibleRows(scene.crm, 'account').length - 1);
  });

  it('ends with its signal, in the middle of a call', async () => {
    const ending = new AbortController();
    const scene = await hubspotScene({}, { beforeRequest: (request) => request.includes('contacts/search') && ending.abort() });
    expect((await scene.sync({ signal: ending.signal })).failure).toMatchObject({ name: 'AbortError' });
    scene.restart();
    await whole(scene.sync());
    await expectEqual(scene);
  });

  it('says that the token is not known, and never names it', async () => {
    const { sandbox } = (await hubspotScene()).crm;
    const egress = createEgress({
      fetch: (url, init) => sandbox.fetch(url, { ...init, signal: null }),
      origins: () => [sandbox.origin],
    });
    const refused = await signInByToken('pat-wrong', () => egress).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'auth.key-invalid' });
    expect(JSON.stringify(refused, ['message', 'cause', 'code', 'reason'])).not.toContain('pat-wrong');
  });

  it('ends no token, and says where somebody can', async () => {
    const { connector, session } = (await hubspotScene()).crm;
    expect(await connector.revoke()).toBe(false);
    expect(registered('hubspot').revokePage(session)).toBe('https://app-eu1.hubspot.com/private-apps/147000111');
  });
});
