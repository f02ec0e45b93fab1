import type { Page } from '@playwright/test';
import { launchWorldBrowser, type WorldBrowser } from '../../world/browser.ts';
import { currentWorker } from '../../world/extension-worker.ts';
import { workerKiller } from '../../world/kill/worker-killer.ts';
import { allowHost } from '../../world/permissions.ts';
import { until, within } from '../../world/within.ts';
import { connect, watchForEnd } from '../sync/connected-run.ts';
import type { Crm } from '../sync/crm.ts';
import type { PaceName } from '../sync/pace.ts';
import type { CopyPage } from './copy-page.ts';
import { COPY_PAGE } from './timed-extensions.ts';
import { type PageQuestion, readLife, type WorkerLife } from './worker-times.ts';

declare const copyPage: CopyPage;

const LONGEST_MS = 30 * 60_000;
const ANSWER_MS = 30_000;
const ALL_SITES = ['https://*/*', 'http://*/*'];
const CRM_SITES = ['https://login.salesforce.com/*', 'https://test.salesforce.com/*', 'https://*.my.salesforce.com/*'];

/** One page visit: as the page saw it, and as the worker that answered did. Times in milliseconds since 1970. */
export interface Visit {
  question: PageQuestion;
  answer: { from: number; to: number };
  life: WorkerLife;
}

/** A browser with one extension, in which sites are visited one after another. */
export interface VisitingBrowser {
  browser: WorldBrowser;
  /** Opens the site's page and waits for the extension's answer. `cold` stops the worker before. */
  visit(host: string, cold: boolean): Promise<Visit>;
}

export async function visitingBrowser(crm: Crm, extensionDir: string): Promise<VisitingBrowser> {
  const browser = await launchWorldBrowser({ server: crm, extensionDir });
  const { context, extensionId } = browser;
  const killer = await workerKiller(context, extensionId);
  const tab = await context.newPage();
  return {
    browser,
    async visit(host, cold) {
      if (cold) await killer.kill();
      await tab.goto(`https://${host}/`);
      const question = await until(ANSWER_MS, `an answer about ${host}`, () =>
        tab.evaluate(() => {
          const { question: told } = document.documentElement.dataset;
          return told === undefined ? undefined : (JSON.parse(told) as PageQuestion);
        }),
      );
      // Playwright hears of a new worker a moment after it has answered.
      const life = await until(ANSWER_MS, 'the worker that has answered', async () => {
        const worker = await currentWorker(context, extensionId);
        const read = await within(1000, 'the worker', worker.evaluate(readLife)).catch(() => undefined);
        return read?.answers.some(({ from }) => from >= question.askedAt - 1) ? read : undefined;
      });
      const answer = life.answers.at(-1);
      if (!answer) throw new Error('no answer was timed');
      return { question, answer, life };
    },
  };
}

/** Connects Sidelight and lets its first sync bring the whole org. @returns milliseconds */
export async function fillCopy({ browser }: Pick<VisitingBrowser, 'browser'>, crm: Crm): Promise<number> {
  const { context, extensionId } = browser;
  await crm.ask('trust', { extensionId });
  await crm.ask('begin', 'at-once');
  await allowHost(context, extensionId, ...CRM_SITES, ...ALL_SITES);
  const options = await context.newPage();
  await options.goto(`chrome-extension://${extensionId}/options.html`);
  await options.evaluate((origins) => chrome.permissions.request({ origins }), ALL_SITES);
  await options.bringToFront();
  const ended = await watchForEnd(options);
  const from = performance.now();
  await connect(context, options, crm.clientId);
  await within(LONGEST_MS, 'first sync', ended());
  const ms = performance.now() - from;
  await options.close();
  return ms;
}

/** The same question in the ways that a user could pick instead, in the same browser. */
export async function otherWays(
  { browser }: VisitingBrowser,
  crm: Crm,
  { hosts, scanned, queried }: { hosts: string[]; scanned: string[]; queried: string[] },
) {
  const page = await browser.context.newPage();
  try {
    await page.goto(`chrome-extension://${browser.extensionId}/${COPY_PAGE}`);
    await page.waitForFunction(() => 'copyPage' in globalThis);
    return {
      bytes: await page.evaluate(() => copyPage.bytes()),
      index: await page.evaluate((all) => copyPage.byIndex(all), hosts),
      scan: await page.evaluate((all) => copyPage.byScan(all), scanned),
      map: await page.evaluate((all) => copyPage.byMap(all), hosts),
      queryAtOnce: await liveQueries(page, crm, queried, 'at-once'),
      queryRealistic: await liveQueries(page, crm, queried, 'realistic'),
    };
  } finally {
    await page.close();
  }
}

/** What an extension without a copy does: it asks the CRM about each page. */
async function liveQueries(page: Page, crm: Crm, hosts: readonly string[], pace: PaceName): Promise<number[]> {
  await crm.ask('begin', pace);
  return page.evaluate(
    async ({ origin, token, all }) => {
      const times: number[] = [];
      for (const host of all) {
        const soql = `SELECT Id, Name FROM Account WHERE Website LIKE '%${host}%' LIMIT 50`;
        const from = performance.now();
        const response = await fetch(`${origin}/services/data/v62.0/query?q=${encodeURIComponent(soql)}`, {
          cache: 'no-store',
          headers: { authorization: `Bearer ${token}` },
        });
        const { records } = (await response.json()) as { records?: unknown[] };
        if (!records) throw new Error(`the CRM answered ${response.status}`);
        times.push(performance.now() - from);
      }
      return times;
    },
    { origin: crm.myDomainUrl, token: crm.accessToken, all: [...hosts] },
  );
}
