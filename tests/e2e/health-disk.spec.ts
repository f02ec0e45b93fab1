import { expect, type Page, test } from '@playwright/test';
import type { ConnectionSummary } from '@/lib/messaging/protocol';
import { createRandom } from '../sandbox-crm/seed/random.ts';
import { openProtectionScene, type ProtectionScene } from '../world/kill/protection-scene.ts';
import { type Damage, damageBucket } from '../world/tamper/bucket-files.ts';
import { runSeed } from './expected.ts';
import { logIn, loginWindow, startConnecting } from './scene.ts';

/**
 * The browser's own files of a copy are damaged or gone when the browser starts. Whatever it makes of them, Sidelight says in one
 * sentence what is wrong, shows no figure that is not the CRM's, and has one button after which everything is as in the CRM.
 */
const ORG = { accounts: 60, contacts: 300, leads: 40, opportunities: 60, tasks: 60 };
const seed = runSeed();
const random = createRandom(seed);

const of = (
  files: 'CURRENT' | 'MANIFEST' | 'ldb' | 'log',
  ...kinds: readonly Exclude<Damage['kind'], 'evicted' | 'folder removed'>[]
) => kinds.map((kind): Damage => ({ kind, files }));
const DAMAGES: readonly Damage[] = [
  ...of('CURRENT', 'overwritten', 'emptied', 'removed'),
  ...of('MANIFEST', 'overwritten', 'truncated', 'emptied', 'removed'),
  ...of('log', 'overwritten', 'truncated', 'emptied', 'removed', 'a byte flipped'),
  ...of('ldb', 'overwritten', 'truncated', 'removed', 'a byte flipped'),
  { kind: 'folder removed' },
  { kind: 'evicted' },
];
/** What a damaged copy may be called. A copy whose damage nobody has met yet is `ready`, and a sync looks through all of it. */
const VERDICTS = ['storage.unreadable', 'storage.evicted', 'vault.tampered', null];

let scene: ProtectionScene;
const rows: string[] = [];

test.beforeAll(async () => {
  test.setTimeout(180_000);
  scene = await openProtectionScene({ seed, ...ORG });
  await scene.connect();
});
test.afterAll(async () => {
  console.log(rows.join('\n'));
  await scene?.close();
});

const countsOfTheCrm = () => {
  const { org } = scene.scene.sandbox;
  return { account: org.rows('Account').length, contact: org.rows('Contact').length, task: org.rows('Task').length };
};

async function isOver(before: string): Promise<boolean> {
  const { sync, state } = (await scene.connection()) ?? {};
  // A run whose copy was given up has nowhere to write its end.
  if (state === 'damaged') return true;
  return sync?.running === null && [sync.lastSuccessAt ?? '', sync.lastError?.at ?? ''].some((at) => at > before);
}

async function press(options: Page, name: string): Promise<void> {
  const before = new Date(Date.now() - 1).toISOString();
  await options.getByRole('button', { name, exact: true }).click();
  await expect.poll(() => isOver(before), { timeout: 60_000 }).toBe(true);
}

async function connectAnew(options: Page): Promise<void> {
  await options.getByRole('button', { name: 'Disconnect and connect again' }).click();
  await options.getByRole('dialog').getByRole('button', { name: 'Disconnect', exact: true }).click();
  await expect(options.getByRole('heading', { name: 'Disconnected' })).toBeVisible();
  await options.getByRole('button', { name: 'Done' }).click();
  const login = loginWindow(scene.scene);
  await startConnecting(scene.scene, options);
  await logIn(await login);
  await expect.poll(async () => (await scene.connection())?.sync.lastSuccessAt ?? null, { timeout: 60_000 }).not.toBeNull();
}

/** The login alone was met by the damage: the copy stays. */
async function signInAgain(options: Page): Promise<void> {
  const login = loginWindow(scene.scene);
  await options.getByRole('button', { name: 'Reconnect', exact: true }).click();
  await logIn(await login);
  await expect.poll(async () => (await scene.connection())?.state, { timeout: 60_000 }).not.toBe('reconnect-needed');
}

/** Presses the one button there is. What nobody had read yet is met by the sync: then there is a second one to press. */
async function heal(options: Page): Promise<string[]> {
  const ways: string[] = [];
  const again = options.getByRole('button', { name: 'Disconnect and connect again' });
  const login = options.getByRole('button', { name: 'Reconnect', exact: true });
  const sync = options.getByRole('button', { name: 'Sync now' });
  await expect
    .poll(
      async () => {
        const now = await scene.connection();
        if (now?.sync.running) return 'a sync is running';
        const counts: Record<string, number> = now?.counts ?? {};
        const isWhole = Object.entries(countsOfTheCrm()).every(([object, count]) => count === counts[object]);
        if (ways.length > 0 && now?.state === 'ready' && now.sync.lastError === null && isWhole) return 'well';
        if (await login.isVisible()) {
          ways.push('sign in again');
          await signInAgain(options);
        } else if (await again.isVisible()) {
          ways.push('connect again');
          await connectAnew(options);
        } else if (await sync.isVisible()) {
          ways.push('sync');
          await press(options, 'Sync now');
        }
        return now?.sync.lastError?.code ?? 'ill';
      },
      { timeout: 90_000 },
    )
    .toBe('well');
  expect(ways.length).toBeLessThanOrEqual(2);
  return ways;
}

async function expectShown(options: Page, { state, sync }: ConnectionSummary): Promise<void> {
  if (state !== 'damaged') return;
  await expect(options.getByText('Cannot be opened')).toBeVisible();
  expect(VERDICTS, 'the verdict').toContain(sync.lastError?.code);
  const buttons = options.locator('main section').getByRole('button');
  const ways = await buttons.allTextContents();
  expect(ways.filter((name) => name !== 'Disconnect…' && name !== 'Connect another organisation')).toHaveLength(1);
  await expect(options.locator('main section dd')).toHaveCount(0);
}

/** LevelDB writes its tables only when its log is full: so much that it is, in pieces that Chromium does not put into files of their own. */
function fillTables(options: Page): Promise<void> {
  return options.evaluate(async () => {
    const { storageBuckets } = navigator as unknown as {
      storageBuckets: { keys(): Promise<string[]>; open(name: string): Promise<{ indexedDB: IDBFactory }> };
    };
    const [name = ''] = await storageBuckets.keys();
    const { indexedDB } = await storageBuckets.open(name);
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const db = await done(indexedDB.open('sidelight'));
    const boxes = () => db.transaction('boxes', 'readwrite').objectStore('boxes');
    for (let n = 0; n < 400; n += 1) {
      await done(boxes().put({ name: `ballast ${n % 50}`, b: crypto.getRandomValues(new Uint8Array(30_000)) }));
    }
    for (let n = 0; n < 50; n += 1) await done(boxes().delete(`ballast ${n}`));
    db.close();
  });
}

for (const damage of DAMAGES) {
  const name = 'files' in damage ? `${damage.files} ${damage.kind}` : damage.kind;
  test(name, async () => {
    if ('files' in damage && damage.files === 'ldb') {
      const page = await scene.scene.open('options.html');
      await fillTables(page);
    }
    await scene.restartBrowser((profileDir) => damageBucket(profileDir, damage, random));
    const answer = await scene.ask<ConnectionSummary[]>('connections.list');
    if (!answer.ok) throw new Error(`connections.list was answered with ${answer.code}`);
    const [connection] = answer.value;
    if (!connection) throw new Error('the connection is not listed');
    if (connection.state !== 'damaged') expect(connection.counts).toMatchObject(countsOfTheCrm());
    const options = await scene.scene.open('options.html');
    await expect(options.locator('main section').first()).toBeVisible();
    await expectShown(options, connection);
    const ways = await heal(options);
    expect(await scene.connection()).toMatchObject({ state: 'ready', sync: { lastError: null }, counts: countsOfTheCrm() });
    await scene.expectSame();
    await options.close();
    rows.push(`${name} | ${connection.state} ${connection.sync.lastError?.code ?? ''} | ${ways.join(', then ')}`);
  });
}

test('no room: the sync says so, what is there stays and is shown, and with room it goes on', async () => {
  // Chromium remembers for a while how much room there was at the last write.
  await scene.restartBrowser();
  const options = await scene.scene.open('options.html');
  const devtools = await scene.scene.browser.context.newCDPSession(options);
  const origin = `chrome-extension://${scene.scene.extensionId}`;
  await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
  const { org } = scene.scene.sandbox;
  for (let n = 0; n < 3000; n += 1)
    org.insert('Lead', { LastName: `Person ${n} ${random.between(1, 1e9)}`, Company: `Company ${n}` });
  org.clock.advance(20 * 60_000);
  await press(options, 'Sync now');
  const full = await scene.connection();
  rows.push(`quota | ${full?.state} ${full?.sync.lastError?.code ?? 'no error'} | sync`);
  expect(full).toMatchObject({ state: 'ready', sync: { lastError: { code: 'storage.quota' } } });
  await expect(
    options.locator('section p:not(.sr-only)', { hasText: 'The disk or the browser’s storage is full.' }),
  ).toBeVisible();
  await devtools.send('Storage.overrideQuotaForOrigin', { origin });
  await press(options, 'Sync now');
  expect(await scene.connection()).toMatchObject({ state: 'ready', sync: { lastError: null } });
  await scene.expectSame();
});
