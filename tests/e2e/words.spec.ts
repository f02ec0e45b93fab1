import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { overflowing } from '../gallery/overflow.ts';
import { MARKS, PSEUDO, pseudoMessages, pseudoText } from '../words/pseudo-locale.ts';
import { overlayFrame } from '../world/overlay-frame.ts';
import { accountsByDomain, hostOf } from './expected.ts';
import { EXTENSION_DIR, loginWindow, logIn, openScene, overlayHost, type Scene, tabId, visit } from './scene.ts';

/** The built extension in browsers that speak another language than English: what a person reads from connecting to the popup. */
const SMALL = { accounts: 60, contacts: 120, leads: 20, opportunities: 40, tasks: 40 };

/** What a person reads and presses on the way, in the browser's language. */
interface Words {
  key: string;
  connect: string;
  connected: RegExp;
  lastSync: string;
  sites: string;
  onAllSites: RegExp;
  asInCrm: RegExp;
}

async function connectIn(scene: Scene, words: Words): Promise<Page> {
  const options = await scene.open('options.html');
  const login = loginWindow(scene);
  await options.getByLabel(words.key).fill(scene.sandbox.clientApp.clientId);
  await options.getByRole('button', { name: words.connect, exact: true }).click();
  await logIn(await login);
  await expect(options.getByText(words.connected)).toBeVisible();
  await expect(options.getByText(words.lastSync)).toBeVisible({ timeout: 60_000 });
  await expect(options.getByRole('progressbar')).toHaveCount(0);
  await options.getByRole('link', { name: words.sites }).click();
  await options.getByRole('radio', { name: words.onAllSites }).click();
  await expect(options.getByRole('radio', { name: words.onAllSites })).toBeChecked();
  return options;
}

/** A company with an Account of its own, and its site. */
function someCompany(scene: Scene): { host: string; name: string } {
  for (const [, [row, ...others]] of accountsByDomain(scene.sandbox)) {
    const host = row ? hostOf(row) : null;
    if (row && host && others.length === 0) return { host, name: String(row.Name) };
  }
  throw new Error('no Account has a website to itself');
}

async function openSidebarOn(page: Page, words: Words) {
  await overlayHost(page).waitFor({ state: 'attached' });
  await page.bringToFront();
  const { width, height } = page.viewportSize() ?? { width: 1280, height: 800 };
  await page.mouse.click(width - 14, height * 0.38 + 22);
  const frame = await overlayFrame(page, { path: '/sidebar.html' });
  await frame.getByText(words.asInCrm).waitFor();
  return frame;
}

test('a German browser speaks German, from connecting to the popup', async () => {
  const scene = await openScene({ sandbox: SMALL, browser: { locale: 'de' } });
  const words: Words = {
    key: 'Verbraucherschlüssel (Consumer Key)',
    connect: 'Verbinden',
    connected: /^Verbunden als .+ bei /,
    lastSync: 'Letzte Synchronisierung',
    sites: 'Zugriff auf Websites',
    onAllSites: /Auf allen Websites/,
    asInCrm: /^Wie in Salesforce, /,
  };
  const options = await connectIn(scene, words);
  expect(await options.evaluate(() => [document.documentElement.lang, document.documentElement.dir])).toEqual(['de', 'ltr']);
  expect(await options.evaluate(() => chrome.runtime.getManifest().description)).toMatch(/^Was Ihr CRM über die Firma weiß/);
  await options.getByRole('link', { name: 'Verbindungen' }).click();
  for (const object of ['Accounts', 'Kontakte', 'Opportunities', 'Aufgaben'])
    await expect(options.getByText(object, { exact: true }).first()).toBeVisible();

  const { host, name } = someCompany(scene);
  const page = await visit(scene, host);
  const frame = await openSidebarOn(page, words);
  await expect(frame.getByRole('heading', { name, exact: true })).toBeVisible();
  await expect(frame.getByText(/^(?:Website liegt|Die Seite der Firma)/)).toBeVisible();
  const titles = await options.evaluate(async () => {
    const tabs = await chrome.tabs.query({});
    return Promise.all(tabs.map(({ id }) => chrome.action.getTitle(id === undefined ? {} : { tabId: id })));
  });
  expect(titles).toContain('Sidelight: Diese Firma ist in Ihrem CRM.');

  const stranger = await visit(scene, 'nobody-knows-this-company.com');
  const popup = await scene.open(`popup.html?tab=${await tabId(scene, stranger)}`);
  await expect(popup.getByText('nobody-knows-this-company.com ist nicht in Ihrem CRM')).toBeVisible();
  await popup.getByRole('button', { name: 'Lead anlegen' }).click();
  await expect(popup.getByText('Aus der Adresse der Website').first()).toBeVisible();
  await expect(popup.getByText('Art. 6 Abs. 1 lit. a')).toBeVisible();
  await popup.getByRole('button', { name: 'Lead anlegen' }).click();
  await expect(popup.getByText('Wählen Sie, warum diese Person gespeichert werden darf.')).toBeVisible();
  await scene.close();
});

/** The built extension with one file more: the pseudo-language, which no package has. */
function withPseudoLanguage(): { dir: string; remove: () => void } {
  const dir = mkdtempSync(join(tmpdir(), 'sidelight-pseudo-'));
  cpSync(EXTENSION_DIR, dir, { recursive: true });
  mkdirSync(join(dir, '_locales', PSEUDO));
  writeFileSync(join(dir, '_locales', PSEUDO, 'messages.json'), JSON.stringify(pseudoMessages()));
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
}

test('a language that is longer and written from the right fits into every view', async () => {
  const pseudo = withPseudoLanguage();
  const scene = await openScene({ sandbox: SMALL, browser: { locale: PSEUDO, extensionDir: pseudo.dir } });
  const begins = (text: string) =>
    new RegExp(
      pseudoText(text)
        .slice(0, text.length + 1)
        .replace(/\$\d.*/, ''),
    );
  const words: Words = {
    key: pseudoText('Consumer key'),
    connect: pseudoText('Connect'),
    connected: begins('Connected as'),
    lastSync: pseudoText('Last sync'),
    sites: pseudoText('Site access'),
    onAllSites: begins('On all sites'),
    asInCrm: begins('As in $1'),
  };
  const options = await connectIn(scene, words);
  expect(await options.evaluate(() => [document.documentElement.lang, document.documentElement.dir])).toEqual([PSEUDO, 'rtl']);
  for (const section of ['Connections', 'Site access', 'Protection', 'Legal basis', 'Privacy', 'About']) {
    await options.getByRole('link', { name: pseudoText(section), exact: true }).click();
    await expect(options.getByRole('heading', { name: MARKS[0] }).first()).toBeVisible();
    expect(await overflowing(options), section).toEqual([]);
  }
  const page = await visit(scene, someCompany(scene).host);
  const frame = await openSidebarOn(page, words);
  expect(await frame.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
  const popup = await scene.open(`popup.html?tab=${await tabId(scene, page)}`);
  await popup.setViewportSize({ width: 400, height: 600 });
  await expect(popup.getByText(begins('As in $1'))).toBeVisible();
  expect(await overflowing(popup)).toEqual([]);
  await scene.close();
  pseudo.remove();
});
