import { describe, expect, it } from 'vitest';
import { signInByKey, siteOf } from '@/lib/connectors/espocrm/auth';
import { createClient } from '@/lib/connectors/espocrm/client';
import { createEgress } from '@/lib/egress/egress';
import { AppError } from '@/lib/shared/errors';
import { codeOf } from '../builders/codes';
import { contentOf, espoScene, expectEqual, HOUR, rowOf, visibleRows, whole } from './espocrm-scene';

const json = { 'content-type': 'application/json' };
/** What goes wrong with EspoCRM, in the words in which it says so. */
const KEY_ENDED = { kind: 'answer', status: 401, body: '' } as const;
const BUSY = { kind: 'answer', status: 429, body: '', headers: { 'retry-after': '2' } } as const;
const BROKEN = { kind: 'answer', status: 500, body: '', headers: json } as const;

describe('EspoCRM in trouble', () => {
  describe('given an answer that is faulty once', () => {
    it.each([
      ['a page of the network', { kind: 'html' }],
      ['a maintenance page', { kind: 'maintenance' }],
      ['half an answer', { kind: 'truncate' }],
      ['a connection that breaks', { kind: 'drop' }],
      ['too many requests', BUSY],
      ['an error of its own', BROKEN],
    ] as const)('asks again and comes to its end: %s', async (_, fault) => {
      const scene = await espoScene();
      const planted = scene.crm.sandbox.faults.next({ ...fault, skip: 9 });
      await whole(scene.sync());
      await expectEqual(scene);
      expect(planted.hits).toBe(1);
    });

    it('waits as long as it is asked to', async () => {
      const scene = await espoScene();
      scene.crm.sandbox.faults.next({ ...BUSY, skip: 9 });
      await whole(scene.sync());
      expect(scene.crm.waits).toHaveLength(1);
      expect(scene.crm.waits[0]).toBeGreaterThanOrEqual(2000);
    });
  });

  describe('given answers that stay faulty', () => {
    it.each([
      ['a page of the network', { kind: 'html' }, 'crm.answer-unreadable', 4],
      ['a maintenance page', { kind: 'maintenance' }, 'crm.unavailable', 4],
      ['a connection that breaks', { kind: 'drop' }, 'crm.offline', 4],
      ['too many requests', BUSY, 'crm.busy', 4],
      ['a key that has ended', KEY_ENDED, 'auth.reconnect', 1],
    ] as const)('says so after some patience and leaves the copy as it was: %s', async (_, fault, code, tries) => {
      const scene = await espoScene();
      await whole(scene.sync());
      const before = await contentOf(scene.store, 'account');
      scene.crm.sandbox.store.clock.advance(HOUR);
      scene.crm.sandbox.store.update('Account', rowOf(scene, 'account').id, { name: 'Not seen yet' });
      const planted = scene.crm.sandbox.faults.next({ ...fault, times: Number.POSITIVE_INFINITY });
      expect((await scene.sync()).failure).toMatchObject({ code });
      expect(planted.hits).toBe(tries);
      expect(await contentOf(scene.store, 'account')).toEqual(before);
      planted.remove();
      await whole(scene.sync());
      await expectEqual(scene);
    });

    it('asks nothing with a key that may not be used', async () => {
      const sent: string[] = [];
      const egress = createEgress({
        origins: () => ['https://crm.example'],
        fetch: async (url) => Promise.reject(sent.push(url)),
      });
      const client = createClient({
        sessions: { load: async () => Promise.reject(sent.push('session')), save: async () => undefined },
        egress,
        mayUse: () => Promise.reject(new AppError('policy.login')),
      });
      expect(await codeOf(client.send({ method: 'GET', path: 'App/user' }))).toBe('policy.login');
      expect(sent).toEqual([]);
    });

    it('says of an API user without a role that it may not see anything', async () => {
      const scene = await espoScene();
      scene.crm.sandbox.rights.hasRole = false;
      expect((await scene.sync()).unavailable).toContain('account');
    });
  });

  it.each([
    ['without an id', { id: '' }],
    ['without a name', { name: null }],
    ['whose name is no text', { name: { unexpected: true } }],
    ['without any time', { modifiedAt: null, createdAt: null }],
    ['whose time is none', { modifiedAt: 'the day before yesterday' }],
  ])('leaves out a malformed record and counts it: %s', async (_, damage) => {
    const scene = await espoScene();
    const { store } = scene.crm.sandbox;
    const { id } = rowOf(scene, 'account');
    // Behind the store's back: what is written there is put right.
    const row = store.find('Account', id) as Record<string, unknown>;
    Object.assign(row, damage);
    const report = await whole(scene.sync());
    expect(report.skipped).toBe(1);
    expect((await scene.store.counts()).account).toBe(visibleRows(scene.crm, 'account').length - 1);
  });

  it('ends with its signal, in the middle of a call', async () => {
    const ending = new AbortController();
    const scene = await espoScene(
      {},
      { beforeRequest: (request) => request.includes('Contact?') && request.includes('maxSize=200') && ending.abort() },
    );
    expect((await scene.sync({ signal: ending.signal })).failure).toMatchObject({ name: 'AbortError' });
    scene.restart();
    await whole(scene.sync());
    await expectEqual(scene);
  });

  it('ends with its signal while it waits', async () => {
    const ending = new AbortController();
    const scene = await espoScene({}, { onWait: () => ending.abort() });
    scene.crm.sandbox.faults.next({ ...BUSY, skip: 4 });
    expect((await scene.sync({ signal: ending.signal })).failure).toMatchObject({ name: 'AbortError' });
  });

  describe('signing in', () => {
    it.each([
      ['crm.example.com', 'https://crm.example.com'],
      [' https://crm.example.com/ ', 'https://crm.example.com'],
      ['https://example.com/crm/#Account/view/abc', 'https://example.com/crm'],
      ['https://example.com/crm/api/v1/', 'https://example.com/crm'],
      ['https://crm.example.com:8443/?x=1', 'https://crm.example.com:8443'],
      ['crm', 'https://crm'],
    ])('finds the server in what was typed: %s', (typed, base) => {
      expect(siteOf(typed).base).toBe(base);
    });

    it.each(['http://crm.example.com', 'ftp://crm.example.com', 'https://user:secret@crm.example.com', '', 'not an address'])(
      'refuses what is no https address: %s',
      (typed) => {
        expect(() => siteOf(typed)).toThrow('auth.address-invalid');
      },
    );

    it('says that the key is not known, and never names it', async () => {
      const { sandbox } = (await espoScene()).crm;
      const egress = createEgress({
        fetch: (url, init) => sandbox.fetch(url, { ...init, signal: null }),
        origins: () => [sandbox.origin],
      });
      const refused = await signInByKey(sandbox.base, 'wrong-key', () => egress).catch((error: unknown) => error);
      expect(refused).toMatchObject({ code: 'auth.key-invalid' });
      expect(JSON.stringify(refused, ['message', 'cause', 'code', 'reason'])).not.toContain('wrong-key');
    });
  });
});
