import { QueryClientProvider, type QueryClient } from '@tanstack/react-query';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeEach, describe, expect, it } from 'vitest';
import type { VaultState } from '@/lib/messaging/vault-protocol';
import { AppError } from '@/lib/shared/errors';

const { newQueryClient } = await import('@/components/hooks/query-client');
const { dropRecords, onVaultChanged, patchGate, tellGate } = await import('@/components/vault/drop-records');
const { VaultGate } = await import('@/components/vault/VaultGate');

const OPEN: VaultState = {
  mode: 'passphrase',
  locked: null,
  passkeys: [],
  kdf: 'argon2id',
  idleMinutes: 15,
  retryAt: null,
  change: null,
};
const RECORD = 'Acme Manufacturing';
const GATE = ['vault.state', {}];
let client: QueryClient;

beforeEach(() => {
  client = newQueryClient();
});

const html = () =>
  renderToStaticMarkup(
    <QueryClientProvider client={client}>
      <VaultGate waiting={<i>frame</i>} failed={() => <i>failed</i>} locked={({ locked }) => <i>locked: {locked}</i>}>
        <b>{RECORD}</b>
      </VaultGate>
    </QueryClientProvider>,
  );

describe('what the gate lets through', () => {
  it('shows the frame alone before the background has answered', () => {
    expect(html()).toContain('frame');
    expect(html()).not.toContain(RECORD);
  });

  it('shows the view when it is open', () => {
    client.setQueryData(GATE, OPEN);
    expect(html()).toContain(RECORD);
    expect(html()).not.toContain('frame');
  });

  it('shows nothing but the lock when it is locked, and says so to a screen reader', () => {
    client.setQueryData(GATE, { ...OPEN, locked: 'screen' });
    expect(html()).toContain('<p role="status" class="sr-only">Sidelight is locked</p><i>locked: screen</i>');
    expect(html()).not.toContain(RECORD);
  });
});

/** All that the cache still holds, as text. */
const held = () =>
  JSON.stringify([
    client
      .getQueryCache()
      .getAll()
      .map(({ queryKey, state }) => [queryKey, state.data ?? null]),
    client
      .getMutationCache()
      .getAll()
      .map(({ state }) => [state.variables ?? null, state.data ?? null]),
  ]);

describe('when the vault locks', () => {
  beforeEach(async () => {
    client.setQueryData(GATE, OPEN);
    client.setQueryData(['site.state', { tabId: 1 }], { name: RECORD });
    client.setQueryData(['creation.form', { tabId: 1 }], { company: RECORD });
    await client
      .getMutationCache()
      .build(client, { mutationFn: async () => RECORD })
      .execute(undefined);
    expect(held()).toContain(RECORD);
  });

  it('keeps no answer, neither of a question nor of an action', () => {
    onVaultChanged(client, { locked: true });
    expect(held()).not.toContain(RECORD);
  });

  it('closes at once, before the new state has come', () => {
    onVaultChanged(client, { locked: true });
    expect(html()).toContain('frame');
    expect(html()).not.toContain(RECORD);
  });

  it('does not take in an answer that was under way', async () => {
    let answer = (_: unknown) => {};
    const asked = client.fetchQuery({
      queryKey: ['account.view', {}],
      queryFn: () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    });
    onVaultChanged(client, { locked: true });
    answer({ name: RECORD });
    await asked.catch(() => {});
    expect(held()).not.toContain(RECORD);
  });

  it('does not believe a state that was asked for before it', async () => {
    let answer = (_: VaultState) => {};
    const asked = client.fetchQuery({
      queryKey: GATE,
      staleTime: 0,
      queryFn: () =>
        new Promise<VaultState>((resolve) => {
          answer = resolve;
        }),
    });
    onVaultChanged(client, { locked: true });
    answer(OPEN);
    await asked.catch(() => {});
    expect(client.getQueryData(GATE)).toBeUndefined();
  });

  it('keeps the gate’s own answer when that told of the lock', () => {
    dropRecords(client);
    expect(client.getQueryData(GATE)).toEqual(OPEN);
    expect(held()).not.toContain(RECORD);
  });
});

describe('when the protection changed and it is open', () => {
  it('asks everything anew in place, but for a form that is open', () => {
    client.setQueryData(GATE, OPEN);
    client.setQueryData(['connections.list', {}], []);
    client.setQueryData(['creation.form', {}], {});
    onVaultChanged(client, { locked: false });
    const stale = (key: unknown[]) => client.getQueryState(key)?.isInvalidated;
    expect([stale(GATE), stale(['connections.list', {}]), stale(['creation.form', {}])]).toEqual([true, true, false]);
    expect(html()).toContain(RECORD);
  });
});

describe('a refusal because of the lock', () => {
  const invalidated = () => client.getQueryState(GATE)?.isInvalidated;
  beforeEach(() => {
    client.setQueryData(GATE, OPEN);
  });

  it.each([
    ['vault.locked', true],
    ['crm.offline', false],
  ] as const)('of a question with %s leads to the gate: %s', async (code, leads) => {
    await client.fetchQuery({ queryKey: ['x'], queryFn: () => Promise.reject(new AppError(code)) }).catch(() => {});
    expect(invalidated()).toBe(leads);
  });

  it('of an action leads to the gate too', async () => {
    const action = client.getMutationCache().build(client, { mutationFn: () => Promise.reject(new AppError('vault.locked')) });
    await action.execute(undefined).catch(() => {});
    expect(invalidated()).toBe(true);
  });
});

describe('the state as others tell it', () => {
  it('is taken over from the answer to a change', () => {
    tellGate(client, { ...OPEN, idleMinutes: 5 });
    expect(client.getQueryData(GATE)).toMatchObject({ idleMinutes: 5 });
  });

  it('takes progress in where a state is known, and makes none up', () => {
    const change = { to: 'passphrase', why: 'asked', share: 0.5 } as const;
    patchGate(client, { change });
    expect(client.getQueryData(GATE)).toBeUndefined();
    client.setQueryData(GATE, OPEN);
    patchGate(client, { change });
    expect(client.getQueryData(GATE)).toEqual({ ...OPEN, change });
  });
});
