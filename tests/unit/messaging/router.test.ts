import { describe, expect, it } from 'vitest';
import type { RequestName } from '@/lib/messaging/protocol';
import { type Caller, createRouter, type Handlers } from '@/lib/messaging/router';
import { REQUEST_SCHEMAS } from '@/lib/messaging/schemas';
import type { SenderFacts } from '@/lib/messaging/sender-policy';
import { AppError } from '@/lib/shared/errors';
import { SELF, SENDERS } from './roles';

/** A router whose handlers write down what reaches them and then do as `behave` says. */
function routed(behave: (name: string) => unknown = () => null) {
  const seen: { name: string; payload: unknown; caller: Caller }[] = [];
  const reports: { code: string; name: string }[] = [];
  const entries = Object.keys(REQUEST_SCHEMAS).map((name) => [
    name,
    async (payload: unknown, caller: Caller) => {
      seen.push({ name, payload, caller });
      return behave(name);
    },
  ]);
  const route = createRouter(Object.fromEntries(entries) as Handlers, SELF, ({ code }, name) => reports.push({ code, name }));
  const send = (name: unknown, payload: unknown, sender: SenderFacts = SENDERS.popup) =>
    route({ sidelight: 1, name, payload }, sender);
  return { route, send, seen, reports };
}

const basis = { kind: 'contract', note: 'asked for it' };
const lead = {
  draftId: 'd1',
  connectionId: 'c1',
  object: 'lead',
  recordTypeId: null,
  values: { LastName: 'Doe' },
  basis,
  source: null,
  assign: false,
  duplicates: 'ask',
};

describe('router', () => {
  describe('given a request that is allowed and well formed', () => {
    it('gives the handler’s value, and tells the handler who asks as the browser says', async () => {
      const { send, seen } = routed(() => ({ kind: 'not-connected' }));
      expect(await send('site.state', { tabId: 3 })).toEqual({ ok: true, value: { kind: 'not-connected' } });
      expect(seen).toEqual([
        {
          name: 'site.state',
          payload: { tabId: 3 },
          caller: { role: 'popup', tabId: null, documentId: 'popup', url: SENDERS.popup.url },
        },
      ]);
    });

    it('takes tab and page of a content script from the browser', async () => {
      const { send, seen } = routed();
      await send('overlay.ask', {}, SENDERS.content);
      expect(seen[0]?.caller).toEqual({ role: 'content', tabId: 7, documentId: 'page', url: 'https://www.acme.com/start' });
    });
  });

  describe('given a message that is not ours', () => {
    it.each([
      undefined,
      null,
      'overlay.ask',
      42,
      [],
      {},
      { name: 'overlay.ask', payload: {} },
      { sidelight: 2, name: 'overlay.ask', payload: {} },
      { sidelight: '1', name: 'overlay.ask', payload: {} },
      { sidelight: 1, name: 7, payload: {} },
      { sidelight: 1, event: 'connections.changed', payload: {} },
    ])('leaves %j to others', (message) => {
      const { route, reports } = routed();
      expect(route(message, SENDERS.popup)).toBeUndefined();
      expect(reports).toEqual([]);
    });
  });

  describe('given a request that is not allowed', () => {
    it.each<[string, unknown, SenderFacts]>([
      ['an unknown name', 'records.dump', SENDERS.options],
      ['a name of every object', 'constructor', SENDERS.options],
      ['__proto__', '__proto__', SENDERS.options],
      ['a page that wants the popup’s answer', 'site.state', SENDERS.content],
      ['a page that wants to create', 'outbox.send', SENDERS.content],
      ['a frame that wants to create', 'outbox.send', SENDERS.sidebar],
      ['a frame that wants to disconnect', 'connections.disconnect', SENDERS.sidebar],
      ['a page that wants to choose what is copied', 'selection.save', SENDERS.content],
      ['a frame that wants to let records go', 'sync.answer', SENDERS.sidebar],
      ['a popup that wants to let records go', 'sync.answer', SENDERS.popup],
      ['a popup that plays content script', 'overlay.ask', SENDERS.popup],
      ['another extension', 'connections.list', { ...SENDERS.options, id: 'other' }],
      ['a sandboxed frame', 'sidebar.open', { ...SENDERS.sidebar, origin: 'null' }],
    ])('refuses %s before any handler or schema sees it', async (_, name, sender) => {
      const { send, seen } = routed();
      expect(await send(name, lead, sender)).toEqual({ ok: false, code: 'message.refused' });
      expect(seen).toEqual([]);
    });

    it('names an unknown request "unknown" in the report, so that no text of a page gets into a log', async () => {
      const { send, reports } = routed();
      await send('Jane Doe, jane@example.org', {}, SENDERS.content);
      expect(reports).toEqual([{ code: 'message.refused', name: 'unknown' }]);
    });
  });

  describe('given a payload that is not as declared', () => {
    const evil = (text: string): unknown => JSON.parse(text);
    it.each<[string, RequestName, unknown, SenderFacts]>([
      ['nothing', 'site.state', undefined, SENDERS.popup],
      ['a missing key', 'account.view', { connectionId: 'c1' }, SENDERS.popup],
      ['an extra key', 'site.state', { tabId: 1, url: 'https://x' }, SENDERS.popup],
      ['an extra key where there is none', 'overlay.ask', { url: 'https://other.com' }, SENDERS.content],
      ['an own __proto__', 'overlay.ask', evil('{"__proto__":{"tabId":1}}'), SENDERS.content],
      ['an own __proto__ beside the rest', 'site.state', evil('{"tabId":1,"__proto__":{"a":1}}'), SENDERS.popup],
      ['an own constructor', 'site.state', evil('{"tabId":1,"constructor":{}}'), SENDERS.popup],
      ['an array', 'overlay.ask', [], SENDERS.content],
      ['a fraction for a tab', 'site.state', { tabId: 1.5 }, SENDERS.popup],
      ['a negative tab', 'site.state', { tabId: -1 }, SENDERS.popup],
      ['text for a tab', 'site.state', { tabId: '1' }, SENDERS.popup],
      ['an empty id', 'account.view', { connectionId: '', accountId: 'a' }, SENDERS.popup],
      ['an id of a megabyte', 'account.view', { connectionId: 'c', accountId: 'a'.repeat(1_000_000) }, SENDERS.popup],
      ['another CRM', 'connections.connect', { crm: 'acme', loginHost: 'x', clientId: 'y' }, SENDERS.options],
      ['a value that is no text', 'outbox.send', { ...lead, values: { LastName: 7 } }, SENDERS.popup],
      ['a value of a megabyte', 'outbox.send', { ...lead, values: { LastName: 'x'.repeat(1_000_000) } }, SENDERS.popup],
      ['a field name of a megabyte', 'outbox.send', { ...lead, values: { ['x'.repeat(1_000_000)]: 'x' } }, SENDERS.popup],
      ['a choice that there is not', 'outbox.send', { ...lead, duplicates: 'never ask' }, SENDERS.popup],
      ['a choice with more in it', 'outbox.send', { ...lead, duplicates: { use: 'l1', force: true } }, SENDERS.popup],
      ['an object that nobody creates', 'outbox.send', { ...lead, object: 'user' }, SENDERS.popup],
    ])('refuses %s before the handler sees it', async (_, name, payload, sender) => {
      const { send, seen } = routed();
      expect(await send(name, payload, sender)).toEqual({ ok: false, code: 'message.invalid' });
      expect(seen).toEqual([]);
    });

    it('lets values named like properties of every object change nothing', async () => {
      const { send, seen } = routed();
      await send('outbox.send', { ...lead, values: evil('{"__proto__":"x","constructor":"y","LastName":"Doe"}') });
      const { values } = (seen[0]?.payload ?? { values: {} }) as { values: Record<string, string> };
      expect(Object.getPrototypeOf(values)).toBe(Object.prototype);
      expect(({} as Record<string, unknown>).x).toBeUndefined();
      expect(values.LastName).toBe('Doe');
    });
  });

  describe('given a handler that fails', () => {
    it('answers with the code of the table when the error has one', async () => {
      const { send, reports } = routed(() => {
        throw new AppError('connection.missing', { cause: new Error('c1') });
      });
      expect(await send('account.view', { connectionId: 'c1', accountId: 'a1' })).toEqual({
        ok: false,
        code: 'connection.missing',
      });
      expect(reports).toEqual([{ code: 'connection.missing', name: 'account.view' }]);
    });

    it('answers "unexpected" and nothing else when the error is of another kind', async () => {
      const { send } = routed(() => {
        throw new Error('Jane Doe has no e-mail at https://acme.my.salesforce.com/?q=secret');
      });
      const reply = await send('connections.list', {});
      expect(reply).toEqual({ ok: false, code: 'unexpected' });
      expect(JSON.stringify(reply)).not.toMatch(/Jane|salesforce|secret/);
    });

    it.each([undefined, 'text', { code: 'vault.tampered' }, null])('answers "unexpected" when %j is thrown', async (thrown) => {
      const { send } = routed(() => {
        throw thrown;
      });
      expect(await send('connections.list', {})).toEqual({ ok: false, code: 'unexpected' });
    });
  });
});
