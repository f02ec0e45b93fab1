import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Frame, type Page } from '@playwright/test';
import { ROOT } from '../architecture/layers.ts';
import { createSandbox, type Sandbox, type SandboxOptions } from '../sandbox-crm/sandbox.ts';
import { launchWorldBrowser, type WorldBrowser, type WorldBrowserOptions } from '../world/browser.ts';
import { overlayFrame } from '../world/overlay-frame.ts';
import { allowHost } from '../world/permissions.ts';
import { DropConnection, type HostHandler, startWorldServer, type WorldServer } from '../world/server.ts';

/** The release build in a real browser whose whole internet is the sandbox CRM and the sites of one test. */
export interface Scene {
  sandbox: Sandbox;
  server: WorldServer;
  browser: WorldBrowser;
  extensionId: string;
  /** Hosts of company sites, with who answers for them. Every other host is a stranger. */
  sites: Map<string, HostHandler>;
  /** A page of the extension, e.g. `options.html`. */
  open(path: string): Promise<Page>;
  /** Ends the browser; its profile folder can be looked at then. `resume` starts it again on the same profile. */
  suspend(): Promise<void>;
  resume(): Promise<void>;
  /** Ends everything. Fails when the browser asked for, or only greeted, any host but the CRM's and the visited sites. */
  close(): Promise<void>;
}

export const EXTENSION_DIR = join(ROOT, '.output', 'chrome-mv3');
const CRM_ACCESS = ['https://login.salesforce.com/*', 'https://test.salesforce.com/*', 'https://*.my.salesforce.com/*'];
const SITE_ACCESS = ['https://*/*', 'http://*/*'];

export interface SceneOptions {
  sandbox?: SandboxOptions;
  /** Another organisation at the same CRM, whose people sign in at `test.salesforce.com`. */
  other?: Sandbox;
  browser?: Partial<WorldBrowserOptions>;
}

/** The sandbox rejects as fetch does when it drops a connection; on a wire that is a socket that closes. */
function cutOff(): never {
  throw new DropConnection();
}

const isCrm = (host: string) => /(?:^|\.)(?:salesforce|force)\.com$/.test(host);

const isOf = ({ myDomainUrl, lightningUrl }: Sandbox, host: string) =>
  [new URL(myDomainUrl).host, new URL(lightningUrl).host, 'test.salesforce.com'].includes(host);

/** Starts server and browser; nothing is connected yet. The browser's questions for host access will be answered yes. */
export async function openScene(options: SceneOptions = {}): Promise<Scene> {
  const sandbox = createSandbox({ seed: 1, ...options.sandbox });
  const sites = new Map<string, HostHandler>();
  const server = await startWorldServer({
    handlerFor(host) {
      const org = options.other && isOf(options.other, host) ? options.other : sandbox;
      return isCrm(host) ? (request) => org.fetch(request).catch(cutOff) : sites.get(host);
    },
  });
  const profileDir = mkdtempSync(join(tmpdir(), 'sidelight-scene-'));
  const launch = () => launchWorldBrowser({ extensionDir: EXTENSION_DIR, profileDir, ...options.browser, server });
  const browser = await launch();
  const { extensionId } = browser;
  // The login window's landing address exists nowhere; the browser sometimes asks for it before the window closes. What it
  // would give away, a code, is worth nothing without the verifier that only the worker has.
  sites.set(`${extensionId}.chromiumapp.org`, () => new Response(null, { status: 404 }));
  for (const org of [sandbox, options.other])
    org?.clientApp.redirectUris.push(`https://${extensionId}.chromiumapp.org/cb/salesforce`);
  await allowHost(browser.context, extensionId, ...CRM_ACCESS, ...SITE_ACCESS);
  const scene: Scene = {
    sandbox,
    server,
    browser,
    extensionId,
    sites,
    async open(path) {
      const page = await scene.browser.context.newPage();
      await page.goto(`chrome-extension://${extensionId}/${path}`);
      return page;
    },
    suspend: () => scene.browser.close(),
    async resume() {
      scene.browser = await launch();
    },
    async close() {
      await scene.browser.close();
      await server.close();
      rmSync(profileDir, { recursive: true, force: true, maxRetries: 5 });
      const strangers = server.log.hosts().filter((one) => !isCrm(one) && !sites.has(one));
      expect(strangers, 'hosts that are neither the CRM nor a visited site').toEqual([]);
    },
  };
  return scene;
}

/** What a person does in the CRM's login window: type the password, allow. Who is signed in already is not asked again. */
export async function logIn(login: Page, decision: 'allow' | 'deny' = 'allow'): Promise<void> {
  const password = login.locator('#password');
  const consent = login.locator(decision === 'allow' ? '#oaapprove' : '#oadeny');
  const closed = login.waitForEvent('close', { timeout: 60_000 }).catch(() => undefined);
  const shown = (what: typeof consent) =>
    what.waitFor({ timeout: 60_000 }).then(
      () => what,
      () => null,
    );
  let next = await Promise.race([shown(password), shown(consent), closed.then(() => null)]);
  if (next === password) {
    await password.fill('correct horse');
    await login.locator('#Login').click();
    next = await Promise.race([shown(consent), closed.then(() => null)]);
  }
  await next?.click().catch(() => undefined);
}

/** The login window, once it is there. The browser opens it as a page of its own. */
export function loginWindow(scene: Scene): Promise<Page> {
  return scene.browser.context.waitForEvent('page', {
    predicate: async (page) => {
      await page.waitForURL(/services\/oauth2\/authorize|\/login/, { timeout: 10_000 }).catch(() => undefined);
      return /salesforce\.com/.test(page.url());
    },
  });
}

/** Fills in the form in Options and presses Connect. */
export async function startConnecting(scene: Scene, options: Page, clientId = scene.sandbox.clientApp.clientId): Promise<void> {
  await options.getByLabel(/Consumer key/).fill(clientId);
  await options.getByRole('button', { name: 'Connect', exact: true }).click();
}

/** Connects the sandbox from the options page, as a person does, and waits until the first sync has ended. */
export async function connect(scene: Scene): Promise<Page> {
  const options = await scene.open('options.html');
  const login = loginWindow(scene);
  await startConnecting(scene, options);
  await logIn(await login);
  await synced(options);
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

/** Waits until the first sync has ended and the options page shows it. */
export async function synced(options: Page): Promise<void> {
  await expect(options.getByText('Connected as')).toBeVisible();
  await expect.poll(() => lastRunEnded(options), { timeout: 120_000 }).not.toBeNull();
  await expect(options.getByRole('progressbar')).toHaveCount(0);
  await expect(options.getByText('Last sync')).toBeVisible();
}

/** Presses "Sync now" and waits until that run has ended, well or not. */
export async function syncNow(options: Page): Promise<void> {
  const before = await lastRunEnded(options);
  await options.getByRole('button', { name: 'Sync now' }).click();
  await expect.poll(async () => ((await lastRunEnded(options)) ?? '') > (before ?? ''), { timeout: 60_000 }).toBe(true);
}

/** Gives access to all sites by the switch in Options. */
export async function showOnAllSites(options: Page): Promise<void> {
  await options.getByRole('link', { name: 'Site access' }).click();
  await options.getByRole('radio', { name: /On all sites/ }).click();
  await expect(options.getByRole('radio', { name: /On all sites/ })).toBeChecked();
  await options.getByRole('link', { name: 'Connections' }).click();
}

/** Opens a site, whose host is added to the world if nobody answers for it yet. */
export async function visit(scene: Scene, host: string, title = host): Promise<Page> {
  if (!scene.sites.has(host)) scene.sites.set(host, () => plainPage(title));
  const page = await scene.browser.context.newPage();
  await page.goto(`https://${host}/`);
  return page;
}

export function plainPage(title: string, headers: Record<string, string> = {}): Response {
  const text = title.replace(/[<>&"]/g, (character) => `&#${character.charCodeAt(0)};`);
  return new Response(`<!doctype html><html lang="en"><title>${text}</title><body><h1>${text}</h1><p>A page.</p></body></html>`, {
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', ...headers },
  });
}

/** The element that carries the overlay; what is inside it the page cannot see, and neither can a locator. */
export const overlayHost = (page: Page) => page.locator('html > div[popover="manual"]');

/** Clicks the tab at the page's edge and waits for the sidebar's Account. */
export async function openSidebar(page: Page): Promise<Frame> {
  await overlayHost(page).waitFor({ state: 'attached' });
  await page.bringToFront();
  const { width, height } = page.viewportSize() ?? { width: 1280, height: 800 };
  await page.mouse.click(width - 14, height * 0.38 + 22);
  const frame = await overlayFrame(page, { path: '/sidebar.html' });
  await frame.getByText(/^(?:Synced|As in )/).waitFor();
  // The lists come a moment after what stands above them.
  await frame.getByRole('heading', { level: 2 }).first().waitFor();
  return frame;
}

/** Presses every "Show all" and "Show 25 more" until the lists are whole. A pressed one goes, so the first is looked for anew. */
export async function showEverything(view: Page | Frame): Promise<void> {
  const more = view.getByRole('button', { name: /^Show (?:all|25)/ });
  while ((await more.count()) > 0) await more.first().click();
}

/** The browser's number for a page's tab, as the extension knows it. */
export async function tabId(scene: Scene, page: Page | undefined): Promise<number> {
  if (!page) throw new Error('no page');
  const url = page.url();
  const helper = await scene.open('popup.html');
  const id = await helper.evaluate(async (wanted) => (await chrome.tabs.query({})).find((tab) => tab.url === wanted)?.id, url);
  await helper.close();
  if (id === undefined) throw new Error(`no tab shows ${url}`);
  return id;
}
