import { expect, test } from '@playwright/test';
import type { UnlockResult } from '@/lib/messaging/vault-protocol';
import { openProtectionScene, type ProtectionScene } from '../world/kill/protection-scene.ts';
import { casesOf, type Change, type ProtectionCase } from '../world/kill/protection-steps.ts';
import { runSeed } from './expected.ts';

/**
 * The worker is stopped, for real, after each step of a change of protection, of a rotation and of a disconnect, and the browser
 * is closed and opened again after some of them. What is found then is the old state whole or the new state whole.
 */
const ORG = { accounts: 120, contacts: 700, leads: 120, opportunities: 150, tasks: 200 };
const PASSPHRASES = ['quiet lamps under seven bridges', 'another four words entirely'] as const;
const MONTH_DAYS = 31;
const SETTLED_MS = 60_000;
const seed = runSeed();

let scene: ProtectionScene;
/** The passphrase that holds now; null with the device key. */
let passphrase: string | null = null;
const rows: string[] = [];

test.beforeAll(async () => {
  scene = await openProtectionScene({ seed, ...ORG });
  passphrase = null;
  await scene.connect();
});
test.afterAll(async () => {
  console.log(rows.join('\n'));
  await scene?.close();
});

const otherThan = (known: string | null) => PASSPHRASES.find((one) => one !== known) ?? PASSPHRASES[0];
const settled = () => expect.poll(() => scene.strays(), { timeout: SETTLED_MS, message: 'what lies about' }).toEqual([]);

async function unlock(attempt: string): Promise<UnlockResult['kind']> {
  const answer = await scene.ask<UnlockResult>('vault.unlock', { passphrase: attempt });
  if (!answer.ok) throw new Error(`vault.unlock was answered with ${answer.code}`);
  return answer.value.kind;
}

/** Which of the passphrases open the vault. It is open then, if any does. */
async function opening(): Promise<string[]> {
  const found: string[] = [];
  for (const attempt of [...PASSPHRASES].sort((a) => (a === passphrase ? 1 : -1))) {
    await scene.ask('vault.lock');
    await scene.forgetTries();
    if ((await unlock(attempt)) === 'unlocked') found.push(attempt);
  }
  await scene.forgetTries();
  const [right] = found;
  if (right !== undefined && (await scene.state()).locked !== null) expect(await unlock(right)).toBe('unlocked');
  return found;
}

/** Brings the protection to where `change` begins. */
async function given(change: Change): Promise<void> {
  const wants = change.startsWith('passphrase') ? 'passphrase' : 'device';
  if ((passphrase === null) === (wants === 'device')) return;
  const next = wants === 'passphrase' ? PASSPHRASES[0] : null;
  const answer =
    next === null
      ? await scene.ask<UnlockResult>('vault.removePassphrase', { current: passphrase })
      : await scene.ask<UnlockResult>('vault.setPassphrase', { passphrase: next, current: null });
  expect(answer).toMatchObject({ ok: true, value: { kind: 'unlocked' } });
  passphrase = next;
}

async function begin(change: Change): Promise<string | null> {
  if (change === 'rotation') {
    await scene.ringAlarm('sync-due');
    return passphrase;
  }
  const next = change === 'passphrase → device' ? null : otherThan(passphrase);
  if (next === null) scene.begin('vault.removePassphrase', { current: passphrase });
  else scene.begin('vault.setPassphrase', { passphrase: next, current: passphrase });
  return next;
}

async function killedAt({ step, restart }: ProtectionCase, start: () => Promise<unknown>): Promise<void> {
  await scene.connection();
  await scene.traps().set(step.trap);
  await start();
  await scene.traps().caught();
  expect(await scene.killer().kill()).toBe(true);
  if (restart) await scene.restartBrowser();
}

/**
 * The copy is open and is the CRM's content. Which of the passphrases opens it is tried where it could be in doubt: each try
 * costs a derivation of a second or two.
 */
async function expectWhole(expected: string | null, inDoubt: boolean): Promise<void> {
  const { mode, locked } = await scene.state();
  expect(mode).toBe(expected === null ? 'device' : 'passphrase');
  if (mode === 'passphrase' && inDoubt) expect(await opening(), 'what opens it').toEqual([expected]);
  else expect(locked, 'why it is locked').toBeNull();
  passphrase = expected;
  expect(await scene.connection()).toMatchObject({ state: 'ready', sync: { lastError: null } });
  await scene.expectSame();
}

const titleOf = ({ step, restart }: ProtectionCase) => `${step.name}${restart ? ', and the browser closed' : ''}`;

/** Both directions by turns: where one ends the other begins. */
function byTurns(): ProtectionCase[] {
  const [there, back] = [casesOf('device → passphrase'), casesOf('passphrase → device')];
  const longer = Math.max(there.length, back.length);
  return Array.from({ length: longer }, (_, index) => [...there.slice(index, index + 1), ...back.slice(index, index + 1)]).flat();
}

for (const one of [...byTurns(), ...casesOf('passphrase → other')]) {
  const { step, change, restart } = one;
  test(`${change}: ${titleOf(one)}`, async () => {
    const startedAt = performance.now();
    await given(change);
    const before = passphrase;
    let wanted: string | null = null;
    await killedAt(one, async () => {
      wanted = await begin(change);
    });
    const first = await scene.ask<{ state: string }[]>('connections.list');
    const isNew = !restart || step.counts === true;
    if (restart && (isNew ? wanted : before) !== null) expect(first).toEqual({ ok: false, code: 'vault.locked' });
    else expect(first, 'the first answer of the next worker').toMatchObject({ ok: true, value: [{ state: 'ready' }] });
    await settled();
    await expectWhole(isNew ? wanted : before, restart || step.tries === true);
    rows.push(`${change} | ${titleOf(one)} | ${isNew ? 'new' : 'old'} | ${Math.round(performance.now() - startedAt)} ms`);
  });
}

for (const one of casesOf('rotation')) {
  const { step } = one;
  test(`rotation: ${titleOf(one)}`, async () => {
    const startedAt = performance.now();
    await given('rotation');
    const before = await scene.copyNumber();
    await scene.age(MONTH_DAYS);
    await killedAt(one, () => begin('rotation'));
    expect(await scene.connection(), 'the first answer of the next worker').toMatchObject({ state: 'ready' });
    await settled();
    expect(await scene.copyNumber()).toBe(before + (step.counts ? 1 : 0));
    await expectWhole(passphrase, false);
    rows.push(`rotation | ${titleOf(one)} | ${step.counts ? 'new' : 'old'} | ${Math.round(performance.now() - startedAt)} ms`);
  });
}

test('a rotation that was killed is made up for at the next look, in passphrase mode too', async () => {
  await given('passphrase → other');
  const before = await scene.copyNumber();
  await scene.age(MONTH_DAYS);
  await scene.connection();
  await scene.ringAlarm('sync-due');
  await expect.poll(() => scene.copyNumber(), { timeout: SETTLED_MS }).toBe(before + 1);
  await settled();
  await expectWhole(passphrase, false);
});

for (const one of casesOf('disconnect')) {
  test(`disconnect: ${titleOf(one)}`, async () => {
    const startedAt = performance.now();
    await given('disconnect');
    const connection = await scene.connection();
    if (!connection) await scene.connect();
    const connectionId = (await scene.connection())?.id ?? '';
    await killedAt(one, async () => scene.begin('connections.disconnect', { connectionId }));
    await scene.connection();
    await settled();
    expect(await scene.connection()).toBeUndefined();
    const { tokens } = scene.scene.sandbox;
    const isAlive = () => tokens.issued.filter(({ kind, revoked }) => kind === 'refresh' && !revoked).length;
    expect(isAlive(), 'refresh tokens that still work').toBe(0);
    rows.push(`disconnect | ${titleOf(one)} | gone | ${Math.round(performance.now() - startedAt)} ms`);
  });
}
