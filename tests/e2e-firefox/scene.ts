import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Frame, Page } from 'puppeteer-core';
import { expect } from 'vitest';
import { ROOT } from '../architecture/layers.ts';
import { createSandbox, type Sandbox, type SandboxOptions } from '../sandbox-crm/sandbox.ts';
import { launchWorldFirefox, type WorldFirefox, type WorldFirefoxOptions } from '../world/firefox-browser.ts';
import { DropConnection, type HostHandler, startWorldServer, type WorldServer } from '../world/server.ts';
import { until } from '../world/within.ts';
import { fill, PATIENCE_MS, press, see } from './person.ts';

/** The built add-on in a real Firefox whose whole internet is the sandbox CRM and the sites of one test. */
export interface Scene {
  sandbox: Sandbox;
  server: WorldServer;
  firefox: WorldFirefox;
  /** Hosts of company sites, with who answers for them. Every other host is a stranger. */
  sites: Map<string, HostHandler>;
  /** A page of the add-on, e.g. `options.html`. */
  open(path: string): Promise<Page>;
  /** Ends the browser; its profile folder can be looked at then. `resume` starts it again on the same profile. */
  suspend(): Promise<void>;
  resume(): Promise<void>;
  /** Ends everything. Fails when the browser asked for, or only greeted, any host but the CRM's and the visited sites. */
  close(): Promise<void>;
}

export interface SceneOptions {
  sandbox?: SandboxOptions;
  preferences?: WorldFirefoxOptions['preferences'];
  /** Waited for before the CRM answers. */
  beforeCrm?: (request: Request) => Promise<void>;
}

export const ADDON_DIR = join(ROOT, '.output', 'firefox-mv3');
const manifest = JSON.parse(readFileSync(join(ADDON_DIR, 'manifest.json'), 'utf8')) as {
  browser_specific_settings: { gecko: { id: string } };
};
export const ADDON_ID = manifest.browser_specific_settings.gecko.id;
/** Where the login ends: a host that exists nowhere, made of the add-on's id. */
const CALLBACK_HOST = `${createHash('sha1').update(ADDON_ID).digest('hex')}.extensions.allizom.org`;

const isCrm = (host: string) => /(?:^|\.)(?:salesforce|force)\.com$/.test(host);

/** True when a page has loaded an address whole. Asked in the page: of an add-on's pages WebDriver BiDi says no address. */
const shows = (page: Page, url: string): Promise<boolean> =>
  page.evaluate((wanted) => location.href === wanted && document.readyState === 'complete', url).catch(() => false);

/** Starts server and browser; nothing is connected yet. The browser's questions for host access will be answered yes. */
export async function openScene(options: SceneOptions = {}): Promise<Scene> {
  const sandbox = createSandbox({ seed: 1, ...options.sandbox });
  const sites = new Map<string, HostHandler>([[CALLBACK_HOST, () => new Response(null, { status: 404 })]]);
  // The sandbox rejects as fetch does when it drops a connection; on a wire that is a socket that closes.
  const fromCrm: HostHandler = async (request) => {
    await options.beforeCrm?.(request);
    return sandbox.fetch(request).catch(() => {
      throw new DropConnection();
    });
  };
  const server = await startWorldServer({ handlerFor: (host) => (isCrm(host) ? fromCrm : sites.get(host)) });
  const profileDir = mkdtempSync(join(tmpdir(), 'sidelight-firefox-scene-'));
  const launch = () =>
    launchWorldFirefox({
      server,
      profileDir,
      addonDir: ADDON_DIR,
      addonId: ADDON_ID,
      ...(options.preferences ? { preferences: options.preferences } : {}),
    });
  const firefox = await launch();
  // The page that opens by itself at the first installation would stand in front of a test's own.
  const setup = await until(PATIENCE_MS, 'the setup page', async () => {
    for (const page of await firefox.browser.pages()) if (await shows(page, `${firefox.origin}/setup.html`)) return page;
  });
  await setup.close();
  sandbox.clientApp.redirectUris.push(`https://${CALLBACK_HOST}/cb/salesforce`);
  const scene: Scene = {
    sandbox,
    server,
    firefox,
    sites,
    async open(path) {
      const page = await scene.firefox.browser.newPage();
      const url = `${scene.firefox.origin}/${path}`;
      // It never resolves for a page of an add-on.
      page.goto(url).catch(() => undefined);
      await until(PATIENCE_MS, url, async () => (await shows(page, url)) || undefined);
      return page;
    },
    suspend: () => scene.firefox.close(),
    async resume() {
      scene.firefox = await launch();
    },
    async close() {
      await scene.firefox.close();
      await server.close();
      rmSync(profileDir, { recursive: true, force: true, maxRetries: 5 });
      const strangers = server.log.hosts().filter((one) => !isCrm(one) && !sites.has(one));
      expect(strangers, 'hosts that are neither the CRM nor a visited site').toEqual([]);
    },
  };
  return scene;
}

/** What a person does in the CRM's login window: type the password, allow. Who is signed in already is not asked again. */
async function logIn(scene: Scene): Promise<void> {
  const login = await until(PATIENCE_MS, 'the login window', async () =>
    (await scene.firefox.browser.pages()).find((page) => /^https:\/\/login\.salesforce\.com/.test(page.url())),
  );
  const password = await login.waitForSelector('#password');
  await password?.type('correct horse');
  await (await login.$('#Login'))?.click();
  // The window goes with the click: its answer may come to nobody.
  await (await login.waitForSelector('#oaapprove'))?.click().catch(() => undefined);
}

/** Connects the sandbox from the options page, as a person does, and waits until the first sync has ended. */
export async function connect(scene: Scene): Promise<Page> {
  const options = await scene.open('options.html');
  await fill(options, 'Consumer key', scene.sandbox.clientApp.clientId);
  await press(options, 'button', 'Connect');
  await logIn(scene);
  await see(options, 'Connected as');
  await see(options, 'Last sync', 120_000);
  await until(120_000, 'the first sync to end', async () => (await lastRunEnded(options)) ?? undefined);
  return options;
}

/** When the last run ended, well or not, as the extension says; null while one is under way. */
function lastRunEnded(options: Page): Promise<string | null> {
  return options.evaluate(async () => {
    const reply = await chrome.runtime.sendMessage({ sidelight: 1, name: 'connections.list', payload: {} });
    const sync = reply.value[0]?.sync;
    if (!sync || sync.running) return null;
    return [sync.lastSuccessAt, sync.lastError?.at].filter(Boolean).sort().at(-1) ?? null;
  });
}

/** Presses "Sync now" and waits until that run has ended, well or not. */
export async function syncNow(options: Page): Promise<void> {
  const before = (await lastRunEnded(options)) ?? '';
  await press(options, 'button', 'Sync now');
  await until(PATIENCE_MS, 'the sync to end', async () => ((await lastRunEnded(options)) ?? '') > before || undefined);
}

/** Gives access to all sites by the switch in Options. */
export async function showOnAllSites(options: Page): Promise<void> {
  await press(options, 'link', 'Site access');
  await (await options.waitForSelector('label:has(input[type="radio"][value="all"])'))?.click();
  await until(PATIENCE_MS, 'access to all sites', () =>
    options.evaluate(() => chrome.permissions.contains({ origins: ['https://*/*'] })).then((has) => has || undefined),
  );
  await press(options, 'link', 'Connections');
}

/** Opens a site, whose host is added to the world if nobody answers for it yet. */
export async function visit(scene: Scene, host: string, title = host): Promise<Page> {
  if (!scene.sites.has(host)) scene.sites.set(host, () => plainPage(title));
  const page = await scene.firefox.browser.newPage();
  await page.goto(`https://${host}/`);
  return page;
}

export function plainPage(title: string, headers: Record<string, string> = {}): Response {
  const text = title.replace(/[<>&"]/g, (character) => `&#${character.charCodeAt(0)};`);
  return new Response(`<!doctype html><html lang="en"><title>${text}</title><body><h1>${text}</h1><p>A page.</p></body></html>`, {
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', ...headers },
  });
}

/** Whether the page has the element that carries the overlay; what is inside it nobody but the add-on can see. */
export const hasOverlay = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.querySelector('html > div[popover="manual"]') !== null);

/** Clicks the tab at the page's edge and waits for the sidebar's Account. */
export async function openSidebar(page: Page): Promise<Frame> {
  await until(PATIENCE_MS, 'the tab at the edge of the page', async () => (await hasOverlay(page)) || undefined);
  await page.bringToFront();
  const { width, height } = page.viewport() ?? { width: 1280, height: 800 };
  await page.mouse.click(width - 14, height * 0.38 + 22);
  const frame = await until(PATIENCE_MS, 'the sidebar', () => sidebarOf(page));
  await see(frame, /Synced|As in Salesforce/);
  // The lists come a moment after what stands above them.
  await frame.waitForSelector('h2');
  return frame;
}

/** The frame says `about:blank` from outside, whatever page of the add-on it shows. */
export async function sidebarOf(page: Page): Promise<Frame | undefined> {
  for (const frame of page.frames()) {
    // A frame that is going away throws at once, not by its promise.
    const path = await Promise.resolve()
      .then(() => frame.evaluate(() => location.protocol + location.pathname))
      .catch(() => '');
    if (path === 'moz-extension:/sidebar.html') return frame;
  }
  return undefined;
}

/** The browser's number for a page's tab, as the add-on knows it. */
export async function tabId(scene: Scene, page: Page): Promise<number> {
  const helper = await scene.open('popup.html');
  const id = await helper.evaluate(
    async (wanted) => (await chrome.tabs.query({})).find((tab) => tab.url === wanted)?.id,
    page.url(),
  );
  await helper.close();
  if (id === undefined) throw new Error(`no tab shows ${page.url()}`);
  return id;
}
