import type { BrowserContext, CDPSession } from '@playwright/test';
import { launchWorldBrowser } from '../../world/browser.ts';
import { inWorker } from '../../world/extension-worker.ts';
import { allowHost } from '../../world/permissions.ts';
import { within } from '../../world/within.ts';
import { connect, type ToldRun, toldRun, watchForEnd } from './connected-run.ts';
import type { CrmCount } from './crm-messages.ts';
import type { Crm } from './crm.ts';
import { askForMatches, type Match, openSites } from './matches.ts';
import type { PaceName } from './pace.ts';
import { type Vitals, watchVitals, type VitalsWatch } from './vitals.ts';
import { installProbe, type ProbeReading, readProbe } from './worker-probe.ts';

/** One first sync, all that was seen of it. Times in milliseconds since 1970. */
export interface MeasuredSync {
  told: ToldRun;
  counted: CrmCount;
  probe: ProbeReading;
  vitals: Vitals;
  /** Asked while the run was under way. */
  during: Match[];
  /** Asked when it was over and nothing went on. */
  after: Match[];
}

export interface SyncOptions {
  crm: Crm;
  extensionDir: string;
  pace: PaceName;
  /** How often a full garbage collection is forced; null for never. */
  collectMs: number | null;
  /** Between two questions for a match. */
  askMs: number;
  /** Called when the worker is watched and nothing is connected yet; what it gives is called when the run has ended. */
  onReady?: (watch: VitalsWatch) => Promise<() => Promise<void>>;
  /** Called at the end, while the browser still runs. */
  onEnd?: (context: BrowserContext, sync: MeasuredSync) => Promise<void>;
}

const LONGEST_MS = 30 * 60_000;
const SITES = 16;
const QUESTIONS_AFTER = 20;
const ASK_AFTER_MS = 150;
const ALL_SITES = ['https://*/*', 'http://*/*'];
const CRM_SITES = ['https://login.salesforce.com/*', 'https://test.salesforce.com/*', 'https://*.my.salesforce.com/*'];

/** Runs the built extension in a new browser, connects it and lets its first sync run to the end. */
export async function measureSync({
  crm,
  extensionDir,
  pace,
  collectMs,
  askMs,
  onReady,
  onEnd,
}: SyncOptions): Promise<MeasuredSync> {
  const browser = await launchWorldBrowser({ server: crm, extensionDir });
  const { context, extensionId } = browser;
  try {
    await crm.ask('trust', { extensionId });
    await crm.ask('begin', pace);
    await allowHost(context, extensionId, ...CRM_SITES, ...ALL_SITES);
    const options = await context.newPage();
    await options.goto(`chrome-extension://${extensionId}/options.html`);
    await options.evaluate((origins) => chrome.permissions.request({ origins }), ALL_SITES);
    await openSites(context, await crm.ask('hosts', SITES));
    await options.bringToFront();
    await inWorker(context, extensionId, installProbe, undefined);
    const watch = await watchVitals(await sessionOf(context), extensionId, collectMs);
    const finish = await onReady?.(watch);
    const ended = await watchForEnd(options);
    const stopAsking = await askForMatches(options, askMs);
    await connect(context, options, crm.clientId);
    await within(LONGEST_MS, 'first sync', ended());
    const asked = await stopAsking();
    await finish?.();
    const vitals = await watch.stop();
    const probe = await inWorker(context, extensionId, readProbe, undefined);
    const told = await toldRun(options);
    const counted = await crm.ask('counted', null);
    const stopAskingAfter = await askForMatches(options, ASK_AFTER_MS);
    await new Promise((resolve) => setTimeout(resolve, QUESTIONS_AFTER * ASK_AFTER_MS));
    const during = asked.filter(({ at }) => at >= told.startedAt && at <= told.endedAt);
    const sync = { told, counted, probe, vitals, during, after: await stopAskingAfter() };
    if (told.records !== crm.records) throw new Error(`the copy has ${told.records} records, the CRM ${crm.records}`);
    await onEnd?.(context, sync);
    return sync;
  } finally {
    await browser.close();
  }
}

function sessionOf(context: BrowserContext): Promise<CDPSession> {
  const browser = context.browser();
  if (browser === null) throw new Error('this context has no browser of its own');
  return browser.newBrowserCDPSession();
}
