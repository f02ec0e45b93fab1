import { describe, expect, it } from 'vitest';
import type { RequestName } from '@/lib/messaging/protocol';
import { createRouter, type Handlers } from '@/lib/messaging/router';
import { REQUEST_SCHEMAS } from '@/lib/messaging/schemas';
import { mayRequest, type SenderFacts } from '@/lib/messaging/sender-policy';
import { AppError } from '@/lib/shared/errors';
import { PAYLOADS } from '../../builders/payloads';
import { SELF, SENDERS } from './roles';

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
