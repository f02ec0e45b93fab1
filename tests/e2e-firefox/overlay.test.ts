import { afterAll, beforeAll, expect, test } from 'vitest';
import { hostOf } from '../e2e/expected.ts';
import { see } from './person.ts';
import { connect, openScene, openSidebar, plainPage, type Scene, showOnAllSites, visit } from './scene.ts';

/** What a page in Firefox can do about the overlay, and see of it. Judged from the page's own world. */
let scene: Scene;
let host: string;
let name: string;

beforeAll(async () => {
  scene = await openScene({ sandbox: { accounts: 120 } });
  await showOnAllSites(await connect(scene));
  const row = scene.sandbox.org.rows('Account').find((one) => /^https?:\/\/www\./.test(String(one.Website)));
  if (!row) throw new Error('no Account with a www website');
  host = hostOf(row) ?? '';
  name = String(row.Name);
});
afterAll(async () => {
  await scene?.close();
});

test.each([
  ['no policy', {}],
  ['a policy that forbids everything', { 'content-security-policy': "default-src 'none'; frame-src 'none'; style-src 'none'" }],
  ['trusted types', { 'content-security-policy': "require-trusted-types-for 'script'; trusted-types 'none'" }],
  ['cross-origin isolation', { 'cross-origin-embedder-policy': 'require-corp', 'cross-origin-opener-policy': 'same-origin' }],
])('opens on a page with %s', async (_, headers) => {
  scene.sites.set(host, () => plainPage('A company', headers as Record<string, string>));
  const page = await visit(scene, host);
  await see(await openSidebar(page), name);
  await page.close();
});

test('gives the page no way in: no root, no window, no resource entry, no name of a record', async () => {
  scene.sites.set(host, () => plainPage('A company'));
  const page = await visit(scene, host);
  await openSidebar(page);
  const seen = await page.evaluate(() => ({
    root: document.querySelector('html > div[popover]')?.shadowRoot ?? null,
    frames: window.length,
    iframes: document.querySelectorAll('iframe').length,
    resources: performance
      .getEntriesByType('resource')
      .map((entry) => entry.name)
      .filter((entry) => !entry.endsWith('/favicon.ico')),
    html: document.documentElement.outerHTML,
  }));
  expect(seen).toMatchObject({ root: null, frames: 0, iframes: 0, resources: [] });
  expect(seen.html).not.toContain(name);
  expect(seen.html).not.toContain('moz-extension');
  await page.close();
});

test('shows nothing to a page that puts the sidebar into a frame of its own', async () => {
  const page = await visit(scene, host);
  const url = `${scene.firefox.origin}/sidebar.html#t=${'0'.repeat(8)}-0000-4000-8000-000000000000`;
  await page.evaluate((address) => {
    const frame = document.createElement('iframe');
    frame.src = address;
    document.body.append(frame);
  }, url);
  const frame = page.frames().at(-1);
  if (!frame) throw new Error('no frame');
  await see(frame, 'This view may not ask for that.');
  expect(await frame.evaluate(() => document.body.textContent)).not.toContain(name);
  await page.close();
});
