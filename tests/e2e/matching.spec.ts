import { expect, type Page, test } from '@playwright/test';
import { getDomain } from 'tldts';
import { domainOf, hostOf, runSeed, seeded } from './expected.ts';
import {
  connect,
  openScene,
  openSidebar,
  overlayHost,
  plainPage,
  type Scene,
  showOnAllSites,
  syncNow,
  tabId,
  visit,
} from './scene.ts';

/** What stands beside a site and why, for cases drawn from the sandbox's own rows; and what the user decides about it. */
test.describe.configure({ mode: 'serial' });

let scene: Scene;
let options: Page;
let random: () => number;

test.beforeAll(async () => {
  random = seeded(runSeed());
  scene = await openScene();
  const { org } = scene.sandbox;
  // Kinds of evidence that the seed does not have: people without a website, and pages on a platform.
  const contacts = Map.groupBy(rows('Contact'), (one) => one.AccountId);
  const single = alone().filter((row) => !row.ParentId && mailsAt(row, contacts) >= 2);
  for (const row of draw(single, 5)) {
    byMail.push({ id: String(row.Id), name: String(row.Name), domain: domainOf(row) ?? '' });
    org.update('Account', String(row.Id), { Website: null });
  }
  for (const row of draw(
    single.filter((one) => one.Website !== null),
    5,
  )) {
    const slug = `company-${String(row.Id).toLowerCase()}`;
    byPage.push({ id: String(row.Id), name: String(row.Name), slug });
    org.update('Account', String(row.Id), { Website: `https://www.linkedin.com/company/${slug}/` });
  }
  const [owner, ...sharing] = draw(alone(), 4);
  const shared = bare(owner ? (hostOf(owner) ?? '') : '');
  for (const [at, row] of sharing.entries()) {
    const path = ['/de', '/de/shop', '/fr'][at] ?? '';
    byPath.push({ name: String(row.Name), host: shared, path });
    org.update('Account', String(row.Id), { Website: at % 2 ? `https://www.${shared}${path}/` : `${shared}${path}` });
  }
  options = await connect(scene);
  await showOnAllSites(options);
});
test.afterAll(async () => {
  await scene?.close();
});

const byMail: { id: string; name: string; domain: string }[] = [];
const byPage: { id: string; name: string; slug: string }[] = [];
/** Accounts that share one host, each with a part of it; one more has the whole of it. */
const byPath: { name: string; host: string; path: string }[] = [];
const rows = (object: string) => scene.sandbox.org.rows(object);
type Row = ReturnType<typeof rows>[number];

/** Domains by how many Accounts have them, as the sandbox holds them now. */
const domainCounts = () => {
  const counts = new Map<string, number>();
  for (const row of rows('Account')) {
    const domain = domainOf(row);
    if (domain) counts.set(domain, (counts.get(domain) ?? 0) + 1);
  }
  return counts;
};
/** Accounts that are alone on the domain of their website. */
const alone = () => {
  const counts = domainCounts();
  return rows('Account').filter((row) => hostOf(row) !== null && counts.get(domainOf(row) ?? '') === 1);
};
const mailsAt = (row: Row, contacts: Map<unknown, Row[]>) =>
  (contacts.get(row.Id) ?? []).filter((one) => String(one.Email ?? '').endsWith(`@${domainOf(row)}`)).length;

function draw<T>(list: readonly T[], count: number): T[] {
  const left = [...list];
  return Array.from({ length: Math.min(count, left.length) }, () => left.splice(Math.floor(random() * left.length), 1)[0] as T);
}

const bare = (host: string) => host.replace(/^www\./, '');

async function popupFor(page: Page): Promise<Page> {
  return scene.open(`popup.html?tab=${await tabId(scene, page)}`);
}

test('says for ten sites by whose website they are shown, on the same host or elsewhere', async () => {
  const withSite = alone().filter((row) => !byPage.some(({ id }) => id === row.Id));
  for (const [at, row] of draw(withSite, 10).entries()) {
    const host = hostOf(row) ?? '';
    const domain = domainOf(row) ?? '';
    const visited = at % 2 ? host : `investors.${domain}`;
    await test.step(`${visited} for ${host}`, async () => {
      const page = await visit(scene, visited);
      const frame = await openSidebar(page);
      await expect(frame.getByRole('heading', { name: String(row.Name), exact: true })).toBeVisible();
      const words = bare(visited) === bare(host) ? 'Website is on' : 'Website is elsewhere on';
      await expect(frame.getByText(`${words} ${domain}`, { exact: true })).toBeVisible();
      await page.close();
    });
  }
});

test('says for five sites how many contacts have an address there, where no website does', async () => {
  for (const { id, name, domain } of byMail) {
    await test.step(domain, async () => {
      const contacts = rows('Contact').filter((one) => one.AccountId === id && one.Email !== null);
      const there = contacts.filter((one) => String(one.Email).endsWith(`@${domain}`));
      const page = await visit(scene, `www.${domain}`);
      const frame = await openSidebar(page);
      await expect(frame.getByRole('heading', { name, exact: true })).toBeVisible();
      const words = `${there.length} of ${contacts.length} contacts have an address at ${domain}`;
      await expect(frame.getByText(words, { exact: true })).toBeVisible();
      await page.close();
    });
  }
});

test('shows of several Accounts on one host the one whose address the page lies below, the longest first', async () => {
  for (const { name, host, path } of byPath) {
    for (const below of ['', '/about/us']) {
      await test.step(`${host}${path}${below}`, async () => {
        scene.sites.set(`www.${host}`, () => plainPage(host));
        const page = await scene.browser.context.newPage();
        await page.goto(`https://www.${host}${path}${below}`);
        const frame = await openSidebar(page);
        await expect(frame.getByRole('heading', { name, exact: true })).toBeVisible();
        await expect(frame.getByText(`Website is ${host}${path}, where this page is`, { exact: true })).toBeVisible();
        await page.close();
      });
    }
  }
});

test('says on another part of that host only that the website is there', async () => {
  const [{ host } = { host: '' }] = byPath;
  const page = await scene.browser.context.newPage();
  // Begins like a part of it, and is none.
  await page.goto(`https://www.${host}/design/de`);
  const frame = await openSidebar(page);
  await expect(frame.getByText(`Website is on ${getDomain(host)}`, { exact: true })).toBeVisible();
  await expect(frame.getByText('where this page is')).toHaveCount(0);
  await page.close();
});

test('says for five pages on a platform that the page is in the CRM, and shows nothing on others', async () => {
  scene.sites.set('www.linkedin.com', () => plainPage('A platform'));
  for (const { name, slug } of byPage) {
    await test.step(slug, async () => {
      const page = await scene.browser.context.newPage();
      await page.goto(`https://www.linkedin.com/company/${slug}/about/`);
      const frame = await openSidebar(page);
      await expect(frame.getByRole('heading', { name, exact: true })).toBeVisible();
      await expect(frame.getByText('Its page on LinkedIn is in the CRM', { exact: true })).toBeVisible();
      await page.close();
    });
  }
});

test('follows a platform that goes from one company to the next without loading', async () => {
  const page = await scene.browser.context.newPage();
  await page.goto('https://www.linkedin.com/feed/');
  const goTo = (path: string) => page.evaluate((to) => history.pushState({}, '', to), path);
  await goTo(`/company/${byPage[0]?.slug}/`);
  await expect(overlayHost(page)).toHaveCount(1);
  await goTo('/company/somebody-unknown/');
  await expect(overlayHost(page)).toHaveCount(0);
  await goTo(`/company/${byPage[1]?.slug}/`);
  const frame = await openSidebar(page);
  await expect(frame.getByRole('heading', { name: byPage[1]?.name ?? '', exact: true })).toBeVisible();
  await page.close();
});

test('asks a page for its name only where nothing matches, and shows who may be meant without calling it a match', async () => {
  const [row] = draw(alone(), 1);
  const host = 'a-site-that-nobody-has-typed.com';
  const name = String(row?.Name);
  scene.sites.set(host, () => {
    const description = JSON.stringify({ '@type': 'Organization', name }).replaceAll('<', '\\u003c');
    return new Response(`<!doctype html><title>Start</title><script type="application/ld+json">${description}</script><p>Hello`, {
      headers: { 'content-type': 'text/html; charset=utf-8' },
    });
  });
  const page = await visit(scene, host);
  await expect(overlayHost(page)).toHaveCount(0);
  const popup = await popupFor(page);
  await expect(popup.getByText('is not in your CRM')).toBeVisible();
  const meant = popup.getByRole('region', { name: 'Could be meant' });
  await expect(meant).toContainText(name);
  await expect(meant).toContainText('the page calls itself');
  await popup.close();
  await page.close();
});

test.describe('the user decides', () => {
  const host = 'www.linked-by-hand.com';
  let page: Page;
  let popup: Page;
  let name: string;

  test('links a site to an Account found by name, and has it there at once, before everything else', async () => {
    const [row] = draw(
      rows('Account').filter((one) => hostOf(one) !== null && String(one.Name).length > 6),
      1,
    );
    name = String(row?.Name);
    page = await visit(scene, host);
    popup = await popupFor(page);
    await popup.getByRole('searchbox', { name: 'Account name' }).fill(name);
    await popup.getByRole('button', { name, exact: false }).filter({ hasText: name }).first().click();
    await expect(popup.getByRole('heading', { name, exact: true })).toBeVisible();
    await expect(popup.getByText('You linked linked-by-hand.com to it')).toBeVisible();
    await expect(overlayHost(page)).toHaveCount(1);
  });

  test('keeps it over a sync, lists it in Options and saves it as a file', async () => {
    await options.bringToFront();
    await syncNow(options);
    await options.getByRole('link', { name: 'Site access' }).click();
    await expect(options.getByText(`linked-by-hand.com is ${name}`)).toBeVisible();
    const download = options.waitForEvent('download');
    await options.getByRole('button', { name: 'Export' }).click();
    expect((await download).suggestedFilename()).toBe('sidelight-site-decisions.json');
  });

  test('ignores the site: nothing is shown, and the popup says why', async () => {
    await popup.bringToFront();
    await popup.getByRole('button', { name: 'Ignore this site' }).click();
    await expect(popup.getByText('linked-by-hand.com is left alone')).toBeVisible();
    await expect(overlayHost(page)).toHaveCount(0);
    await popup.getByRole('button', { name: 'Look it up again' }).click();
    await expect(popup.getByRole('heading', { name, exact: true })).toBeVisible();
    await expect(overlayHost(page)).toHaveCount(1);
  });

  test('takes the Account away again by "Not this account"', async () => {
    await popup.getByRole('button', { name: 'Not this account' }).click();
    await expect(popup.getByText('is not in your CRM')).toBeVisible();
    await expect(overlayHost(page)).toHaveCount(0);
    await expect(options.getByText(`linked-by-hand.com is not ${name}`)).toBeVisible();
    await options.getByRole('button', { name: 'Take back: linked-by-hand.com' }).click();
    await expect(options.getByText('None yet.')).toBeVisible();
    await popup.close();
    await page.close();
  });

  test('never looks anything up on kinds of sites that the user has named', async () => {
    const [row] = byMail;
    scene.sandbox.org.update('Account', row?.id ?? '', { Website: 'https://www.some-town.gov' });
    await options.getByRole('link', { name: 'Connections' }).click();
    await syncNow(options);
    const town = await visit(scene, 'www.some-town.gov');
    await expect(overlayHost(town)).toHaveCount(1);
    await options.getByRole('link', { name: 'Site access' }).click();
    await options.getByRole('checkbox', { name: 'Government' }).check();
    await expect(overlayHost(town)).toHaveCount(0);
    const about = await popupFor(town);
    await expect(about.getByText('You chose: never on these sites. It is one of: Government.')).toBeVisible();
    await about.close();
    await town.close();
  });
});
