import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import type { Sandbox } from '../sandbox-crm/sandbox.ts';
import { launchWorldFirefox } from '../world/firefox-browser.ts';
import { type Needle, type ProfileScan, scanProfile } from '../world/profile-scan.ts';
import { domainOf } from '../e2e/expected.ts';
import { ADDON_DIR, ADDON_ID, type Scene } from './scene.ts';

/** What a test has learnt of a copy's keys and boxes, to look for their bytes. */
interface CopySecrets {
  rootKey: Needle;
  deviceKey: Needle;
  keyShare: Needle;
  boxes: Needle[];
}

const COPIED = ['Account', 'Contact', 'Lead', 'Opportunity', 'Task', 'User'];
/** Dates, times and fiscal quarters stand in any profile, and name nobody. */
const DATE = /^\d{4}(?:-\d\d-\d\d(?:T|$)| \d$)/;

/** Every text of every record that is copied, every domain among them, and every token. */
export function sandboxNeedles({ org, tokens }: Sandbox): Needle[] {
  const labelled = new Map<string, Needle>();
  const add = (label: string, value: unknown) => {
    if (typeof value === 'string' && !DATE.test(value)) labelled.set(`${label} ${value}`, { label, value });
  };
  for (const object of COPIED) {
    for (const row of org.rows(object)) {
      for (const [name, value] of Object.entries(row)) add(`${object} ${name}`, value);
      add('domain', domainOf(row));
    }
  }
  // The login page's own session is a cookie of Salesforce's site in this browser, as after any login there.
  for (const { kind, value } of tokens.issued) if (kind === 'access' || kind === 'refresh') add(`${kind} token`, value);
  return [...labelled.values()];
}

/** What a scan may leave out, and why. */
interface Known {
  /** See `scanControl`. */
  control: ProfileScan;
  /** Hosts that the browser's own history must hold. */
  visited: readonly string[];
}

/** Looks for `needles` in every file of the scene's profile; the browser must not be running (`scene.suspend()`). */
export function scanDisk(scene: Scene, needles: readonly Needle[], { control, visited }: Known): ProfileScan {
  const except = [...historyOf(needles, visited), ...loginPageOf(scene.sandbox)];
  const scan = scanProfile(scene.firefox.profileDir, needles, { baseline: control, except });
  const byCode = Map.groupBy(scan.hits, ({ file, needle }) => isStartupCache(file) && isPlainText(needle));
  return { ...scan, hits: byCode.get(false) ?? [], excepted: [...scan.excepted, ...(byCode.get(true) ?? [])] };
}

/**
 * The compiled scripts of Firefox itself. Neither pages nor storage get there, but towns, time zones and words that companies are
 * called after do ("Berlin", "Sphinx"), and which of them depends on the moment it was written. Only such texts are excepted,
 * and each is printed: never an address, a token, a key or a box.
 */
const isStartupCache = (file: string) => /^startupCache[\\/]/.test(file);
const isPlainText = ({ label, value }: Needle) =>
  typeof value === 'string' && !/token|passphrase|Email|Id$/.test(label) && !/[@:]/.test(value);

/** Visited sites stand in the browser's own history. */
function historyOf(needles: readonly Needle[], hosts: readonly string[]): Needle[] {
  return needles.filter(({ value }) => hosts.some((host) => typeof value === 'string' && isAddressOf(value, host)));
}

const isAddressOf = (value: string, host: string) =>
  [host, host.replace(/^www\./, '')].some((name) =>
    [name, `https://${name}`, `http://${name}`].includes(value.replace(/\/$/, '')),
  );

/** The user's own name at the CRM: on the CRM's login page, which the browser may keep in its cache, as after any login there. */
function loginPageOf({ org, username }: Sandbox): Needle[] {
  const own = org.rows('User').find((row) => row.Username === username);
  const shown = ['Name', 'Username', 'Email', 'CommunityNickname', 'CompanyName'];
  return shown.flatMap((name) => (own?.[name] ? [{ label: `User ${name}`, value: String(own[name]) }] : []));
}

/**
 * What stands in any such profile: the same browser with the add-on, on the same pages, with nothing connected; and the
 * package itself, whose code the browser caches in its own time. A company called "Portal" stands in React.
 */
export async function scanControl(scene: Scene, hosts: readonly string[], needles: readonly Needle[]): Promise<ProfileScan> {
  const profileDir = mkdtempSync(join(tmpdir(), 'sidelight-firefox-control-'));
  // Twice, as some files of the browser's own are only written when it ends, or starts, for another time.
  for (const pages of [hosts, []]) {
    const { browser, close } = await launchWorldFirefox({
      server: scene.server,
      profileDir,
      addonDir: ADDON_DIR,
      addonId: ADDON_ID,
    });
    for (const host of pages) await (await browser.newPage()).goto(`https://${host}/`);
    await close({ keepProfile: true });
  }
  const scan = scanProfile(profileDir, needles);
  rmSync(profileDir, { recursive: true, force: true, maxRetries: 5 });
  return { ...scan, hits: [...scan.hits, ...scanProfile(ADDON_DIR, needles).hits] };
}

/** Notes every key that the background imports from raw bytes, from now on until its page stops. */
export async function recordKeys(view: Page): Promise<void> {
  await view.evaluate(async () => {
    const page = (await chrome.runtime.getBackgroundPage()) as Window & typeof globalThis & { seenKeys?: string[] };
    const seen: string[] = [];
    const { subtle } = page.crypto;
    const original = subtle.importKey.bind(subtle) as (...args: unknown[]) => Promise<CryptoKey>;
    page.seenKeys = seen;
    subtle.importKey = ((format: string, data: BufferSource, ...rest: unknown[]) => {
      if (format === 'raw') seen.push(Array.from(new Uint8Array(data as ArrayBuffer)).join());
      return original(format, data, ...rest);
    }) as typeof subtle.importKey;
  });
}

/** The bytes of the only connection's keys, and a part of some of its boxes. Needs `recordKeys` before connecting. */
export async function secretsOf(view: Page): Promise<CopySecrets> {
  const found = await view.evaluate(async () => {
    const page = (await chrome.runtime.getBackgroundPage()) as Window & { seenKeys?: string[] };
    const share = Object.entries(await chrome.storage.local.get(null)).find(([key]) => key.startsWith('share:'))?.[1];
    const name = (await indexedDB.databases()).find((one) => one.name?.startsWith('connection-'))?.name ?? '';
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(name);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const rows = await new Promise<{ b: Uint8Array }[]>((resolve) => {
      const request = db.transaction('cells').objectStore('cells').getAll(null, 20);
      request.onsuccess = () => resolve(request.result);
    });
    db.close();
    return { keys: [...(page.seenKeys ?? [])], share: String(share), boxes: rows.map(({ b }) => [...b.slice(15, 63)]) };
  });
  const [device, root] = found.keys.map((list) => Uint8Array.from(list.split(','), Number));
  if (!device || !root) throw new Error('no key was made');
  return {
    deviceKey: { label: 'device key', value: device },
    rootKey: { label: 'root key', value: root },
    keyShare: { label: 'key share', value: Uint8Array.from(atob(found.share), (character) => character.charCodeAt(0)) },
    boxes: found.boxes.map((box) => ({ label: 'sealed box', value: Uint8Array.from(box) })),
  };
}
