import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { launchWorldBrowser } from '../world/browser.ts';
import { inWorker } from '../world/extension-worker.ts';
import { type Needle, type ProfileScan, scanProfile } from '../world/profile-scan.ts';
import { domainOf, hostOf } from './expected.ts';
import { EXTENSION_DIR, openSidebar, type Scene, tabId, visit } from './scene.ts';

/** Everything the sandbox holds that is personal, commercial or secret. */
export function needlesOf({ sandbox }: Scene): Needle[] {
  const { org, tokens } = sandbox;
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
export const exceptVisited = (visited: readonly string[]): Needle[] =>
  visited.map((host) => ({ label: 'domain', value: host.replace(/^www\./, '') }));

/**
 * What stands in any such profile: the same browser on the same pages with nothing connected, and the package itself, whose
 * code the browser caches in its own time. A company called "Portal" stands in React.
 */
export async function controlScan(scene: Scene, hosts: readonly string[]): Promise<ProfileScan> {
  const profileDir = mkdtempSync(join(tmpdir(), 'sidelight-control-'));
  const browser = await launchWorldBrowser({ server: scene.server, profileDir, extensionDir: EXTENSION_DIR });
  for (const host of hosts) {
    const page = await browser.context.newPage();
    await page.goto(`https://${host}/`);
  }
  await browser.close({ keepProfile: true });
  const scan = scanProfile(profileDir, needlesOf(scene));
  rmSync(profileDir, { recursive: true, force: true });
  return { ...scan, hits: [...scan.hits, ...scanProfile(EXTENSION_DIR, needlesOf(scene)).hits] };
}

/** Notes every raw key that the worker of now imports from here on: key material as it is, which no disk may hold. */
export async function recordKeys({ browser, extensionId }: Scene): Promise<void> {
  await inWorker(
    browser.context,
    extensionId,
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
}

/** What was noted, in order. */
export async function recordedKeys({ browser, extensionId }: Scene): Promise<Uint8Array[]> {
  const lists = await inWorker(
    browser.context,
    extensionId,
    () => (globalThis as unknown as { seenKeys: string[] }).seenKeys,
    null,
  );
  return lists.map((list) => Uint8Array.from(list.split(','), Number));
}

/** The share of the profile, and pieces of some sealed boxes. */
export async function storedSecrets(options: Page): Promise<{ share: string; boxes: number[][] }> {
  return options.evaluate(async () => {
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
}

/** A site that is in nobody's CRM. */
export const PROSPECT = 'unknown-prospect.com';

/** Looks at three companies in the sidebar and makes a Lead of a fourth. Gives the hosts of the three. */
export async function browseAndCreate(scene: Scene): Promise<string[]> {
  const accounts = scene.sandbox.org.rows('Account').filter((row) => hostOf(row) !== null);
  const visited = accounts.slice(100, 103).map((row) => hostOf(row) ?? '');
  for (const host of visited) await openSidebar(await visit(scene, host));

  const prospect = await visit(scene, PROSPECT);
  const popup = await scene.open(`popup.html?tab=${await tabId(scene, prospect)}`);
  await popup.getByRole('button', { name: 'Create lead' }).click();
  await popup.getByLabel(/^Last Name/).fill('Quixandra Ottersbury');
  await popup.getByLabel(/^Email/).fill(`quixandra.ottersbury@${PROSPECT}`);
  await popup.getByRole('radio', { name: /Contract/ }).check();
  await popup.getByRole('button', { name: 'Create lead' }).click();
  await expect(popup.getByText('Lead created')).toBeVisible();
  return visited;
}
