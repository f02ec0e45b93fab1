import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Page } from '@playwright/test';
import { connect, openScene, type Scene, showOnAllSites, tabId, visit } from '../../e2e/scene.ts';
import { buildExtension } from '../sync/extension-build.ts';

const PASSPHRASE = 'lamp river onion seven';

/**
 * Milliseconds in the built extension with the sandbox's 37,000 records, as the toolbar popup sees them: from sending the right
 * passphrase, and from asking a worker that does not run, to the answer that shows the Account of the site in front.
 */
export async function measureUnlock(rounds: number): Promise<{ unlock: number[]; cold: number[] }> {
  const extensionDir = buildExtension(false);
  const scene = await openScene({ browser: { extensionDir } });
  try {
    const options = await connect(scene);
    await showOnAllSites(options);
    const site = await visit(scene, hostOfAccount(scene));
    const popup = await scene.open(`popup.html?tab=${await tabId(scene, site)}`);
    const tab = await tabId(scene, site);
    const cold: number[] = [];
    for (let n = 0; n < rounds; n += 1) cold.push(await coldMatch(scene, popup, tab));
    await ask(options, 'vault.setPassphrase', { passphrase: PASSPHRASE, current: null });
    const unlock: number[] = [];
    for (let n = 0; n < rounds; n += 1) {
      await ask(popup, 'vault.lock', {});
      unlock.push(await timed(popup, tab, PASSPHRASE));
    }
    return { unlock, cold };
  } finally {
    await scene.close();
    rmSync(dirname(extensionDir), { recursive: true, force: true });
  }
}

function hostOfAccount({ sandbox }: Scene): string {
  for (const { Website } of sandbox.org.rows('Account')) {
    const host = URL.parse(String(Website))?.host;
    if (host) return host;
  }
  throw new Error('no Account has a website');
}

async function coldMatch(scene: Scene, popup: Page, tab: number): Promise<number> {
  const session = await scene.browser.context.newCDPSession(popup);
  await session.send('ServiceWorker.enable');
  await session.send('ServiceWorker.stopAllWorkers');
  await session.detach();
  return timed(popup, tab, null);
}

function ask(page: Page, name: string, payload: unknown): Promise<unknown> {
  return page.evaluate(
    async ([asked, sent]) => (await chrome.runtime.sendMessage({ sidelight: 1, name: asked, payload: sent })) as unknown,
    [name, payload] as const,
  );
}

/** Measured inside the page, so that the test's own connection to the browser does not count. */
function timed(popup: Page, tab: number, passphrase: string | null): Promise<number> {
  return popup.evaluate(
    async ([tabId, typed]) => {
      const send = (name: string, payload: unknown) => chrome.runtime.sendMessage({ sidelight: 1, name, payload });
      const start = performance.now();
      if (typed !== null) await send('vault.unlock', { passphrase: typed });
      const reply = await send('site.state', { tabId });
      const ms = performance.now() - start;
      if (reply?.value?.kind !== 'matched') throw new Error(`no match: ${JSON.stringify(reply?.code ?? reply?.value?.kind)}`);
      return ms;
    },
    [tab, passphrase] as const,
  );
}
