import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { launchWorldBrowser } from '../world/browser.ts';
import { inWorker } from '../world/extension-worker.ts';
import { describeScan, type Needle, type ProfileScan, scanProfile } from '../world/profile-scan.ts';
import { domainOf, hostOf } from './expected.ts';
import { connect, EXTENSION_DIR, openScene, openSidebar, type Scene, showOnAllSites, syncNow, tabId, visit } from './scene.ts';

/**
 * What is on the disk. Every name, address, domain and token of the sandbox is looked for in every file of the browser's
 * profile, also inside what LevelDB, the HTTP cache and gzip have packed.
 */
test.describe.configure({ mode: 'serial' });

const PLANTED = 'planted-canary-7f31c0d2';

let scene: Scene;
let visited: string[];
let control: ProfileScan;
/** Bytes that must be gone after Disconnect: the key's halves and some of the sealed boxes. */
let secrets: Needle[];

test.beforeAll(async () => {
  scene = await openScene();
});
test.afterAll(async () => {
  await scene?.close();
});

/** Everything the sandbox holds that is personal, commercial or secret. */
function needles(): Needle[] {
  const { org, tokens } = scene.sandbox;
  const column = (label: string, object: string, field: string): Needle[] =>
    org.rows(object).flatMap((row) => (row[field] ? [{ label, value: String(row[field]) }] : []));
  const domains = [...new Set(org.rows('Account').flatMap((row) => domainOf(row) ?? []))];
  return [
    ...column('account name', 'Account', 'Name'),
    ...column('contact name', 'Contact', 'Name'),
    ...column('contact e-mail', 'Contact', 'Email'),
    ...column('lead name', 'Lead', 'Name'),
    ...column('lead e-mail', 'Lead', 'Email'),
    ...column('opportunity name', 'Opportunity', 'Name'),
    ...column('account id', 'Account', 'Id'),
    ...domains.map((value) => ({ label: 'domain', value })),
    // The login page's own session is a cookie of Salesforce's site in this browser, as after any login there.
    ...tokens.issued
      .filter(({ kind }) => kind === 'access' || kind === 'refresh')
      .map(({ kind, value }) => ({ label: `${kind} token`, value })),
  ];
}

/** Visited sites stand in the browser's own history. */
const except = (): Needle[] => visited.map((host) => ({ label: 'domain', value: host.replace(/^www\./, '') }));

/**
 * What stands in any such profile: the same browser on the same pages with nothing connected, and the package itself, whose
 * code the browser caches in its own time. A company called "Portal" stands in React.
 */
async function controlScan(hosts: string[]): Promise<ProfileScan> {
  const profileDir = mkdtempSync(join(tmpdir(), 'sidelight-control-'));
  const browser = await launchWorldBrowser({ server: scene.server, profileDir, extensionDir: EXTENSION_DIR });
  for (const host of hosts) {
    const page = await browser.context.newPage();
    await page.goto(`https://${host}/`);
  }
  await browser.close({ keepProfile: true });
  const scan = scanProfile(profileDir, needles());
  rmSync(profileDir, { recursive: true, force: true });
  return { ...scan, hits: [...scan.hits, ...scanProfile(EXTENSION_DIR, needles()).hits] };
}

test('a browser that connects, syncs, shows and creates', async () => {
  const { context } = scene.browser;
  await inWorker(
    context,
    scene.extensionId,
    () => {
      const seen: string[] = [];
      const original = crypto.subtle.importKey;
      Object.assign(globalThis, { seenKeys: seen });
      crypto.subtle.importKey = function record(this: SubtleCrypto, ...args: Parameters<SubtleCrypto['importKey']>) {
        if (args[0] === 'raw') seen.push([...new Uint8Array(args[1] as unknown as ArrayBuffer)].join(','));
        return original.apply(this, args);
      } as typeof crypto.subtle.importKey;
    },
    null,
  );
  const options = await connect(scene);
  await showOnAllSites(options);
  const accounts = scene.sandbox.org.rows('Account').filter((row) => hostOf(row) !== null);
  visited = accounts.slice(100, 103).map((row) => hostOf(row) ?? '');
  for (const host of visited) await openSidebar(await visit(scene, host));

  const prospect = await visit(scene, 'unknown-prospect.com');
  const popup = await scene.open(`popup.html?tab=${await tabId(scene, prospect)}`);
  await popup.getByRole('button', { name: 'Create lead' }).click();
  await popup.getByLabel(/^Last Name/).fill('Quixandra Ottersbury');
  await popup.getByLabel(/^Email/).fill('quixandra.ottersbury@unknown-prospect.com');
  await popup.getByRole('radio', { name: /Consent/ }).check();
  await popup.getByRole('button', { name: 'Create lead' }).click();
  await expect(popup.getByText('Lead created')).toBeVisible();
  await syncNow(options);

  const keys = await inWorker(context, scene.extensionId, () => (globalThis as unknown as { seenKeys: string[] }).seenKeys, null);
  const bytes = (list: string) => Uint8Array.from(list.split(','), Number);
  const [device, root] = keys;
  if (!device || !root) throw new Error('no key was made');
  const stored = await options.evaluate(async () => {
    const share = Object.entries(await chrome.storage.local.get(null)).find(([key]) => key.startsWith('share:'));
    const buckets = (
      navigator as unknown as {
        storageBuckets: { keys(): Promise<string[]>; open(name: string): Promise<{ indexedDB: IDBFactory }> };
      }
    ).storageBuckets;
    const bucket = await buckets.open((await buckets.keys())[0] ?? '');
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = bucket.indexedDB.open('sidelight');
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const rows = await new Promise<{ b: Uint8Array }[]>((resolve) => {
      const request = db.transaction('cells').objectStore('cells').getAll(null, 20);
      request.onsuccess = () => resolve(request.result);
    });
    db.close();
    return { share: String(share?.[1]), boxes: rows.map(({ b }) => [...b.slice(15, 63)]) };
  });
  secrets = [
    { label: 'root key', value: bytes(root) },
    { label: 'device key', value: bytes(device) },
    { label: 'key share', value: Uint8Array.from(atob(stored.share), (character) => character.charCodeAt(0)) },
    ...stored.boxes.map((box) => ({ label: 'sealed box', value: Uint8Array.from(box) })),
  ];
  await options.evaluate((value) => chrome.storage.local.set({ planted: value }), PLANTED);
  await scene.suspend();
  control = await controlScan([...visited, 'unknown-prospect.com']);
});

test('leaves no name, address, domain or token on the disk', () => {
  const scan = scanProfile(scene.browser.profileDir, needles(), { baseline: control, except: except() });
  console.log(describeScan(scan));
  expect(scan.hits, describeScan(scan)).toEqual([]);
  expect(scan.skipped.length).toBeLessThan(needles().length / 20);
});

test('is looked at by a scanner that finds what is there', () => {
  const planted = scanProfile(scene.browser.profileDir, [{ label: 'planted', value: PLANTED }]);
  expect(planted.hits.length).toBeGreaterThan(0);
  const found = new Set(scanProfile(scene.browser.profileDir, secrets).hits.map(({ needle }) => needle.label));
  // Device-key mode says so: both halves are on the disk while connected. The root key itself never is.
  expect([...found].sort()).toEqual(['device key', 'key share', 'sealed box']);
});

test('keeps neither ciphertext nor the key after Disconnect', async () => {
  await scene.resume();
  const popup = await scene.open('popup.html');
  await popup.getByRole('button', { name: 'Disconnect…' }).click();
  await popup.getByRole('dialog').getByRole('button', { name: 'Disconnect', exact: true }).click();
  await expect(popup.getByRole('heading', { name: 'Disconnected' })).toBeVisible();
  await scene.suspend();
  const scan = scanProfile(scene.browser.profileDir, [...secrets, ...needles()], { baseline: control, except: except() });
  expect(scan.hits, describeScan(scan)).toEqual([]);
});
