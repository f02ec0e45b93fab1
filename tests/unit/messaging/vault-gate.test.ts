import { describe, expect, it } from 'vitest';
import type { RequestName } from '@/lib/messaging/protocol';
import { createRouter, type Handlers } from '@/lib/messaging/router';
import { REQUEST_SCHEMAS } from '@/lib/messaging/schemas';
import { mayRequest, type SenderFacts } from '@/lib/messaging/sender-policy';
import { AppError } from '@/lib/shared/errors';
import { SELF, SENDERS } from './roles';

/** A payload that is well formed, for each request. */
const basis = { kind: 'consent', reason: 'asked' };
const object = { wanted: true, without: [], extra: [] };
const objects = { user: object, account: object, contact: object, lead: object, opportunity: object, task: object };
const scope = { owner: 'all', withWebsite: false, conditions: [] };
const id = { connectionId: 'c1' };
const draft = { ...id, draftId: 'd1', object: 'lead', recordTypeId: null, values: {}, basis, source: null, assign: false };
const bytes = 'A'.repeat(43);
const PAYLOADS: Record<RequestName, unknown> = {
  'overlay.ask': {},
  'overlay.move': { edge: 'left', at: 0.5 },
  'overlay.closed': {},
  'overlay.outside': {},
  'overlay.hidden': { tabId: null },
  'overlay.show': { tabId: null },
  'overlay.settings': {},
  'overlay.configure': { mode: 'tab' },
  'overlay.showAt': { place: 'acme.com' },
  'sidebar.here': {},
  'sidebar.hide': { token: 't', how: 'today' },
  'sidebar.open': { token: 't' },
  'sidebar.account': { token: 't', connectionId: 'c1', accountId: 'a1' },
  'sidebar.close': { token: 't' },
  'sidebar.layout': {},
  'sidebar.arrange': { order: ['leads'], closed: [] },
  'site.state': { tabId: null },
  'account.view': { connectionId: 'c1', accountId: 'a1' },
  'connections.list': {},
  'connections.sample': {},
  'setup.step': {},
  'setup.go': { step: 'sites' },
  'connections.connect': { crm: 'salesforce', loginHost: 'login.salesforce.com', clientId: 'x' },
  'connections.connectByTab': { crm: 'salesforce', host: 'acme.my.salesforce.com' },
  'connections.reconnect': id,
  'connections.disconnect': id,
  'connections.setup': {},
  'receipts.list': {},
  'receipts.dismiss': { id: 'c1' },
  'sync.start': id,
  'sync.history': id,
  'sync.held': { ...id, object: 'contact' },
  'sync.answer': { ...id, object: 'contact', answer: 'keep' },
  'selection.get': id,
  'selection.usual': {},
  'selection.fields': { ...id, object: 'contact' },
  'selection.preview': { ...id, scope },
  'selection.save': { ...id, selection: { objects, scope, reserve: 0.2 } },
  'creation.objects': {},
  'creation.form': { connectionId: null, object: 'lead', tabId: null, text: null, link: null },
  'creation.lookUp': { ...id, object: 'contact', field: 'AccountId', text: 'ac' },
  'creation.choice': { ...id, object: 'lead' },
  'creation.choose': { ...id, object: 'lead', short: ['LastName'] },
  'creation.changeable': { ...id, object: 'task' },
  'creation.change': { ...id, object: 'task', id: 't1', values: { status: 'Completed' }, force: false },
  'creation.convert': { ...id, id: 'l1', accountId: null },
  'outbox.send': { ...draft, duplicates: 'ask' },
  'outbox.list': {},
  'outbox.retry': { ...id, id: 'e1', duplicates: { use: 'l1' } },
  'outbox.edit': { ...id, id: 'e1' },
  'outbox.drop': { ...id, id: 'e1' },
  'outbox.undo': { ...id, id: 'e1' },
  'outbox.reset': {},
  'draft.save': draft,
  'draft.load': { ...id, object: 'lead' },
  'draft.drop': { ...id, object: 'lead' },
  'creation.duplicates': { ...id, object: 'lead', values: {} },
  'search.find': { text: 'acme' },
  'errand.take': {},
  'policy.get': {},
  'sites.access': {},
  'site.suggestions': { tabId: null },
  'site.decide': { tabId: null, kind: 'ignore', connectionId: null, accountId: null },
  'site.takeBack': { kind: 'ignore', place: 'acme.com', accountId: null },
  'accounts.named': { text: 'acme' },
  'decisions.list': {},
  'decisions.reset': {},
  'decisions.never': { never: [] },
  'vault.state': {},
  'vault.unlock': { passphrase: 'x' },
  'vault.unlockWithPasskey': { credentialId: 'c', secret: bytes },
  'vault.lock': {},
  'vault.setPassphrase': { passphrase: 'x', current: null },
  'vault.removePassphrase': { current: 'x' },
  'vault.addPasskey': { credentialId: 'c', salt: bytes, secret: bytes, name: 'Laptop' },
  'vault.removePasskey': { credentialId: 'c' },
  'vault.configure': { idleMinutes: 5 },
  'vault.reset': {},
  'privacy.retention': {},
  'privacy.retain': { keepDays: 30 },
  'privacy.stored': {},
  'privacy.ages': id,
  'privacy.log': id,
  'privacy.exportLog': id,
};
const NAMES = Object.keys(PAYLOADS) as RequestName[];
/** Written down once more, not taken from the product: what may be asked of a locked vault. */
const WHILE_LOCKED: readonly RequestName[] = [
  'overlay.ask',
  'overlay.outside',
  'sidebar.here',
  'connections.setup',
  'receipts.list',
  'receipts.dismiss',
  'setup.step',
  'setup.go',
  'sites.access',
  'vault.state',
  'vault.unlock',
  'vault.unlockWithPasskey',
  // It unlocks where the organisation asks for a passphrase; its handler refuses it in every other lock.
  'vault.setPassphrase',
  'vault.lock',
  'vault.reset',
];

function senderOf(name: RequestName): SenderFacts {
  const role = (['popup', 'options', 'setup', 'sidebar', 'content'] as const).find((one) => mayRequest(one, name));
  if (!role) throw new Error(`nobody may ask for ${name}`);
  return SENDERS[role];
}

/** A router over handlers that all answer with the same secret, and a lock that the test turns. */
function routed(locked: () => boolean | Promise<boolean>, handler: () => Promise<unknown> = async () => 'secret') {
  const seen: string[] = [];
  const entries = NAMES.map((name) => [
    name,
    () => {
      seen.push(name);
      return handler();
    },
  ]);
  const route = createRouter(
    Object.fromEntries(entries) as unknown as Handlers,
    SELF,
    () => undefined,
    async () => locked(),
  );
  return { seen, send: (name: RequestName) => route({ sidelight: 1, name, payload: PAYLOADS[name] }, senderOf(name)) };
}

describe('the router in front of a locked vault', () => {
  it('knows every request there is', () => {
    expect([...NAMES].sort()).toEqual(Object.keys(REQUEST_SCHEMAS).sort());
  });

  it.each(NAMES)('answers %s only if that needs no record', async (name) => {
    const { send, seen } = routed(() => true);
    const isAnswered = WHILE_LOCKED.includes(name);
    expect(await send(name)).toEqual(isAnswered ? { ok: true, value: 'secret' } : { ok: false, code: 'vault.locked' });
    expect(seen, 'what reached a handler').toEqual(isAnswered ? [name] : []);
  });

  it.each(NAMES)('answers %s when it is open', async (name) => {
    expect(await routed(() => false).send(name)).toEqual({ ok: true, value: 'secret' });
  });

  it.each(NAMES.filter((name) => !WHILE_LOCKED.includes(name)))(
    'keeps back an answer to %s that was being found while it was locked',
    async (name) => {
      let locked = false;
      const { send } = routed(
        () => locked,
        async () => {
          locked = true;
          return 'secret';
        },
      );
      expect(await send(name)).toEqual({ ok: false, code: 'vault.locked' });
    },
  );

  it('refuses who may not ask before it tells whether it is locked', async () => {
    const { seen } = routed(() => true);
    const route = createRouter(
      {} as Handlers,
      SELF,
      () => undefined,
      async () => true,
    );
    expect(await route({ sidelight: 1, name: 'account.view', payload: PAYLOADS['account.view'] }, SENDERS.content)).toEqual({
      ok: false,
      code: 'message.refused',
    });
    expect(seen).toEqual([]);
  });

  it('answers nothing that needs the vault when it cannot be told whether it is locked', async () => {
    const { send, seen } = routed(() => Promise.reject(new AppError('storage.unreadable')));
    expect(await send('connections.list')).toEqual({ ok: false, code: 'storage.unreadable' });
    expect(await send('vault.reset')).toEqual({ ok: true, value: 'secret' });
    expect(seen).toEqual(['vault.reset']);
  });
});
