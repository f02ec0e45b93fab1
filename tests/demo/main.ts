import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { domainOf, hostOf } from '../e2e/expected.ts';
import { connect, openScene, openSidebar, overlayHost, type Scene, showOnAllSites, tabId } from '../e2e/scene.ts';
import { companySite } from '../world/sites.ts';

/**
 * `npm run demo`: the main job in a real browser, without a question or a manual step. With a display the window stays open
 * to play with; without one it runs headless. `--out FOLDER` and `--dark` are for making the README's pictures.
 */
const argument = (name: string) => process.argv[process.argv.indexOf(name) + 1];
const forReadme = process.argv.includes('--out');
const out = forReadme ? (argument('--out') ?? 'demo-output') : 'demo-output';
const dark = process.argv.includes('--dark');
const hasDisplay = process.platform !== 'linux' || Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);
const stay = hasDisplay && process.env.CI === undefined && !forReadme;
const UNKNOWN = { host: 'www.harbour-lane-robotics.com', name: 'Harbour Lane Robotics', city: 'Bergen', country: 'Norway' };

/** Two pixels a point; the switch is for the sidebar's frame, which has a process of its own. */
const SHARP = { deviceScaleFactor: 2, args: ['--force-device-scale-factor=2'] };

const say = (text: string) => console.log(text);
let pictures = 0;

async function picture(page: Page, name: string): Promise<void> {
  pictures += 1;
  const path = join(out, `${forReadme ? '' : `${pictures}-`}${name}${dark ? '-dark' : ''}.png`);
  const popup = page.url().includes('/popup.html') ? page.locator('#root > :not(.sr-only)') : null;
  await (popup ?? page).screenshot({ path });
  say(`   ${path}`);
}

/** An Account with much to show, alone on its domain, and the first of a domain that has two. */
function companies({ sandbox }: Scene) {
  const { org } = sandbox;
  const open = (object: string) =>
    Map.groupBy(
      org.rows(object).filter((row) => !row.IsClosed),
      (row) => row.AccountId,
    );
  const lists = { people: open('Contact'), deals: open('Opportunity'), tasks: open('Task') };
  const count = (list: keyof typeof lists, id: unknown) => lists[list].get(String(id))?.length ?? 0;
  const byDomain = Map.groupBy(org.rows('Account').filter(domainOf), (row) => domainOf(row) ?? '');
  const score = (id: unknown) =>
    Math.min(count('people', id), 4) + Math.min(count('deals', id), 2) * 3 + Math.min(count('tasks', id), 2) * 2;
  const single = [...byDomain.values()].filter((rows) => rows.length === 1).flatMap((rows) => rows.slice(0, 1));
  const candidates = single.filter((row) => (hostOf(row) ?? '').startsWith('www.'));
  const matched = candidates.sort((a, b) => score(b.Id) - score(a.Id))[0];
  const twins = [...byDomain.values()].filter((rows) => rows.length === 2).flatMap((rows) => rows.slice(0, 1));
  const twin = twins.sort((a, b) => score(b.Id) - score(a.Id))[0];
  if (!matched || !twin) throw new Error('the sandbox has no companies to show');
  return { matched, twin };
}

/** The picture of a sidebar must show the company, not its skeleton. */
async function sidebarOf(page: Page, name: string): Promise<void> {
  const frame = await openSidebar(page);
  await frame.getByRole('heading', { name, exact: true }).waitFor();
}

async function visitCompany(
  scene: Scene,
  company: { host: string; name: string; city?: string; country?: string },
): Promise<Page> {
  scene.sites.set(company.host, companySite(company));
  const page = await scene.browser.context.newPage();
  await page.goto(`https://${company.host}/`);
  return page;
}

async function popupFor(scene: Scene, page: Page): Promise<Page> {
  const popup = await scene.open(`popup.html?tab=${await tabId(scene, page)}`);
  await popup.setViewportSize({ width: 400, height: 600 });
  return popup;
}

async function main(): Promise<void> {
  const started = Date.now();
  mkdirSync(out, { recursive: true });
  say('Sidelight demo. A sandbox CRM that speaks Salesforce’s protocol, seeded with real company names and made-up people.');
  const scene = await openScene({
    browser: { headless: !stay, colorScheme: dark ? 'dark' : 'light', ...(stay ? {} : SHARP) },
  });
  const { org } = scene.sandbox;
  say(
    `1. The CRM holds ${['Account', 'Contact', 'Lead', 'Opportunity', 'Task'].map((object) => `${org.rows(object).length} ${object.replace(/y$/, 'ie')}s`).join(', ')}.`,
  );
  const firstRun = await scene.open('options.html');
  await firstRun.getByLabel(/Consumer key/).waitFor();
  await picture(firstRun, 'options-first-run');

  say('2. Connecting from the options page: consumer key, the CRM’s login window, consent; then the first sync.');
  const options = await connect(scene);
  await showOnAllSites(options);
  await picture(options, 'options-connected');

  const { matched, twin } = companies(scene);
  const host = hostOf(matched) ?? '';
  say(`3. ${host} is the site of an Account: the sidebar shows ${matched.Name}.`);
  const page = await visitCompany(scene, { host, name: String(matched.Name), city: String(matched.BillingCity) });
  await overlayHost(page).waitFor({ state: 'attached' });
  await sidebarOf(page, String(matched.Name));
  await picture(page, 'sidebar-matched');
  const popup = await popupFor(scene, page);
  await popup.getByText(String(matched.Name)).first().waitFor();
  await picture(popup, 'popup-matched');
  await popup.close();

  const twinHost = hostOf(twin) ?? '';
  say(`4. ${twinHost} belongs to two Accounts: a list to choose from, best first.`);
  const two = await visitCompany(scene, { host: twinHost, name: String(twin.Name) });
  await openSidebar(two);
  await picture(two, 'sidebar-two-accounts');

  say(`5. ${UNKNOWN.host} is unknown: a Lead is created from the popup.`);
  const unknown = await visitCompany(scene, UNKNOWN);
  const create = await popupFor(scene, unknown);
  await create.getByText('is not in your CRM').waitFor();
  await picture(create, 'popup-unknown');
  await create.getByRole('button', { name: 'Create lead' }).click();
  await create.getByLabel(/^First Name/).fill('Solveig');
  await create.getByLabel(/^Last Name/).fill('Aasen');
  await create.getByLabel(/^Title/).fill('Head of Purchasing');
  await create.getByLabel(/^Email/).fill('solveig.aasen@harbour-lane-robotics.com');
  await picture(create, 'popup-lead-form');
  await create.getByRole('radio', { name: /Contract/ }).check();
  await create.getByRole('button', { name: 'Create lead' }).click();
  await create.getByText('Lead created').waitFor();
  await picture(create, 'popup-lead-created');
  const lead = org.rows('Lead').find((row) => row.LastName === 'Aasen');
  say(`   The CRM has it: ${lead?.Name}, ${lead?.Company}, ${lead?.Website}, id ${lead?.Id}.`);
  await create.close();

  const strangers = scene.server.log.strangers();
  say(
    `6. Hosts called outside the CRM and the visited sites: ${strangers.length === 0 ? 'none' : strangers.map((one) => one.host).join(', ')}.`,
  );
  say(`Done in ${Math.round((Date.now() - started) / 1000)} s. Pictures are in ${out}/.`);

  if (stay) {
    say('The browser stays open: visit the sites above, open the popup, disconnect. Close the window to end.');
    await page.bringToFront();
    await new Promise<void>((resolve) => scene.browser.context.on('close', () => resolve()));
  }
  await scene.close();
}

await main();
