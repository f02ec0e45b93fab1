import { rmSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchWorldBrowser, type WorldBrowser } from '../../world/browser.ts';
import { currentWorker, inWorker, stopWorker } from '../../world/extension-worker.ts';
import { overlayFrame, overlayFrames, overlayGone } from '../../world/overlay-frame.ts';
import { allowHost } from '../../world/permissions.ts';
import { openPopup } from '../../world/popup.ts';
import { sourceOf } from '../../world/request-log.ts';
import { startWorldServer, type WorldServer } from '../../world/server.ts';
import { throwawayExtension } from './throwaway-extension.ts';

/** Functions that the throwaway extension's worker offers to tests. */
interface WorkerScope {
  language(): string;
  call(url: string, init?: RequestInit): Promise<string>;
}

describe('the browser of the test world', { timeout: 60_000 }, () => {
  const extensionDir = throwawayExtension();
  let server: WorldServer;
  let world: WorldBrowser;
  let page: Page;

  beforeAll(async () => {
    server = await startWorldServer({
      handlerFor: (host) => (host.endsWith('.example') ? hostPage : undefined),
    });
    world = await launchWorldBrowser({ server, extensionDir });
    page = await world.context.newPage();
  }, 60_000);
  afterAll(async () => {
    await world.close();
    await server.close();
    rmSync(extensionDir, { recursive: true, force: true });
  });

  it('reaches any host name by https and by http', async () => {
    await page.goto('https://some.example/');
    expect(await page.textContent('h1')).toBe('some.example by https');
    await page.goto('http://other.example/');
    expect(await page.textContent('h1')).toBe('other.example by http');
  });

  it('opens the real toolbar popup and drives it with real clicks and keys', async () => {
    await page.goto('https://some.example/');
    const popup = await openPopup(page, world.extensionId);
    await popup.click('#more');
    await popup.click('#more');
    expect(await popup.waitForText('2 clicks')).toContain('More');
    await popup.fill('#name', 'Ada');
    expect(await popup.evaluate(() => document.querySelector('input')?.value)).toBe('Ada');
    expect((await popup.screenshot()).subarray(1, 4).toString()).toBe('PNG');
    await popup.click('#bye');
    await popup.waitForClose();
    expect(popup.closed).toBe(true);
  });

  it('says what a popup shows when it waited in vain', async () => {
    const popup = await openPopup(page, world.extensionId);
    await expect(popup.waitForText('never', 100)).rejects.toThrow(/0 clicks/);
    await expect(popup.click('#late', 100)).rejects.toThrow(/clickable #late/);
    await popup.close();
    await expect(popup.text()).rejects.toThrow('closed');
  });

  it('grants a host that was allowed beforehand when the extension asks for it after a click', async () => {
    await allowHost(world.context, world.extensionId, 'https://asked.example/*');
    const popup = await openPopup(page, world.extensionId);
    await popup.click('#ask');
    await popup.waitForText('granted true');
    await popup.close();
  });

  it('kills the service worker and finds the new one afterwards', async () => {
    const extensionPage = await world.context.newPage();
    await extensionPage.goto(`chrome-extension://${world.extensionId}/popup.html`);
    const ask = () => extensionPage.evaluate(() => chrome.runtime.sendMessage<string, { started: number }>('hello'));
    const before = await ask();
    await stopWorker(world.context, world.extensionId);
    const after = await ask();
    expect(after.started).toBeGreaterThan(before.started);
    expect(await inWorker(world.context, world.extensionId, (text: string) => text.length, 'alive')).toBe(5);
    expect((await currentWorker(world.context, world.extensionId)).url()).toContain('worker.js');
    await extensionPage.close();
  });

  it('gives up on a worker that does not answer', async () => {
    await expect(inWorker(world.context, world.extensionId, () => new Promise<void>(() => undefined), null, 200)).rejects.toThrow(
      'longer than 200 ms',
    );
  });

  it('finds the frame of the extension inside a closed shadow root, and sees it go', async () => {
    await page.goto('https://framed.example/');
    const frame = await overlayFrame(page, { path: '/frame.html' });
    expect(await frame.textContent('p')).toBe('In the frame');
    await frame.fill('#typed', 'inside');
    expect(await page.locator('iframe').count()).toBe(0);
    await page.evaluate(() => document.dispatchEvent(new Event('remove-frame')));
    await overlayGone(page);
    expect(overlayFrames(page)).toEqual([]);
  });

  it('tells who made a request: a navigation, a page, or the extension', async () => {
    server.log.clear();
    await page.goto('https://some.example/');
    await page.evaluate(() => fetch('/of-page').then((response) => response.text()));
    const call = (init: RequestInit) =>
      inWorker(
        world.context,
        world.extensionId,
        (request: RequestInit) => (globalThis as unknown as WorkerScope).call('https://asked.example/of-worker', request),
        init,
      );
    await call({});
    await call({ method: 'POST', body: 'x' });
    await call({ credentials: 'omit', cache: 'no-store', headers: { authorization: 'Bearer x' } });
    const sources = server.log.requests.map((request) => `${request.method} ${request.path} ${sourceOf(request)}`);
    expect(sources.filter((line) => !line.includes('favicon'))).toEqual([
      'GET / navigation',
      'GET /of-page page',
      'GET /of-worker extension',
      'POST /of-worker extension',
      'GET /of-worker extension',
    ]);
  });
});

function hostPage(request: Request): Response {
  const { hostname, protocol } = new URL(request.url);
  return new Response(`<!doctype html><title>${hostname}</title><h1>${hostname} by ${protocol.slice(0, -1)}</h1>`, {
    headers: { 'content-type': 'text/html' },
  });
}
