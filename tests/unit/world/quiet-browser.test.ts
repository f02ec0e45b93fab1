import { rmSync } from 'node:fs';
import type { BrowserContext } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchWorldBrowser } from '../../world/browser.ts';
import { inWorker } from '../../world/extension-worker.ts';
import { signInReturnHost } from '../../world/quiet-browser.ts';
import { startWorldServer, type WorldServer } from '../../world/server.ts';
import { throwawayExtension } from './throwaway-extension.ts';

/** Functions that the throwaway extension's worker offers to tests. */
interface WorkerScope {
  signIn(url: string): Promise<string>;
}

const FORM = `<!doctype html><html lang="en"><title>Sign up</title><form><input type="email" name="email" autocomplete="email">
  <input name="name" autocomplete="name"><input type="password" name="password"><textarea></textarea><button>Send</button></form>`;

describe('the browser of the test world, left to itself', { timeout: 60_000 }, () => {
  const extensionDir = throwawayExtension();
  let server: WorldServer;

  beforeAll(async () => {
    server = await startWorldServer({ handlerFor: (host) => (host.endsWith('.example') ? page : undefined) });
  });
  afterAll(async () => {
    await server.close();
    rmSync(extensionDir, { recursive: true, force: true });
  });

  it('calls nobody while pages are visited, forms filled and a sign-in window is open', async () => {
    const world = await launchWorldBrowser({ server, extensionDir });
    await fillForms(world.context);
    const window = world.context.waitForEvent('page');
    const url = `https://login.example/sign-in?back=https://${signInReturnHost(world.extensionId)}/?code=1`;
    const run = (address: string) => (globalThis as unknown as WorkerScope).signIn(address);
    const signedIn = inWorker(world.context, world.extensionId, run, url);
    await (await window).click('a');
    expect(await signedIn).toContain('code=1');
    await world.close();
    const back = signInReturnHost(world.extensionId);
    expect(server.log.strangers().filter((request) => request.host !== back)).toEqual([]);
    expect(server.log.hosts().filter((host) => !host.endsWith('.example') && host !== back)).toEqual([]);
  });

  it('would be caught calling: with its own habits back it does, and is seen', async () => {
    server.log.clear();
    const loud = await launchWorldBrowser({ server, args: ['--disable-features=None'] });
    await fillForms(loud.context);
    await loud.close();
    expect(server.log.strangers()).not.toEqual([]);
  });

  async function fillForms(context: BrowserContext): Promise<void> {
    for (const host of ['a.example', 'b.example', 'c.example']) {
      const tab = await context.newPage();
      await tab.goto(`https://www.${host}/`);
      await tab.fill('[name=email]', 'ada@example.org');
      await tab.fill('[name=password]', 'correct horse battery');
      await tab.locator('textarea').pressSequentially('helo wrld');
      await tab.click('button');
      await tab.waitForLoadState();
    }
  }
});

function page(request: Request): Response {
  const back = new URL(request.url).searchParams.get('back');
  const body = back === null ? FORM : `${FORM}<a href="${back}">Allow</a>`;
  return new Response(body, { headers: { 'content-type': 'text/html' } });
}
