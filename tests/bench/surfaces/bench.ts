import { allowHost } from '../../world/permissions.ts';
import { launchWorldBrowser, type WorldBrowser } from '../../world/browser.ts';
import { fillCopy } from '../match/measured-matches.ts';
import { type BenchRow, report } from '../report.ts';
import { type Crm, startCrm } from '../sync/crm.ts';
import { clockedSidelight, emptyExtension } from './extensions.ts';
import { PAGE_KINDS } from './pages.ts';
import { type Load, timeLoads } from './page-loads.ts';
import { type Opened, timeForms, timePopups, timeSearches, timeSidebars } from './views.ts';

const BARS = { popup: 200, sidebar: 150, search: 50, form: 150, load: 1.02 } as const;
const SIZES = {
  full: { accounts: 100_000, views: 15, cold: 6, searches: 60, loads: 24 },
  quick: { accounts: 2000, views: 5, cold: 2, searches: 15, loads: 3 },
} as const;

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

const row = (what: string, value: number, against: number | null, bar: number | null = null): BenchRow => ({
  what,
  value,
  unit: 'ms',
  against,
  ratio: against === null ? null : against / value,
  bar: bar === null ? null : `≤ ${bar} ms`,
  holds: bar === null ? null : value <= bar,
});

function viewRows(name: string, opened: readonly Opened[], against: readonly Opened[] | null, bar: number | null): BenchRow[] {
  const at = (part: keyof Opened) => median(opened.map((one) => one[part]));
  const other = (part: keyof Opened) => against && median(against.map((one) => one[part]));
  return [
    row(`${name}: click to the document's beginning, the browser's own`, at('begun'), other('begun')),
    row(`${name}: from there to the first paint`, at('first'), other('first')),
    row(`${name}: from there to useful content painted`, at('useful'), other('useful'), bar),
  ];
}

/** The cost of a load beside an extension that only asks its worker, pair by pair, and beside none. */
function loadRows(kind: string, { sidelight, empty, none }: Record<'sidelight' | 'empty' | 'none', Load[]>): BenchRow[] {
  const of = (loads: readonly Load[], part: keyof Load) => median(loads.map((one) => one[part]));
  const times = median(sidelight.map(({ loaded }, n) => loaded / (empty[n]?.loaded ?? Number.NaN)));
  return [
    {
      ...row(`${kind}: loaded, against an empty extension`, of(sidelight, 'loaded'), of(empty, 'loaded')),
      bar: `≤ ${BARS.load} ×`,
      holds: times <= BARS.load,
      ratio: 1 / times,
    },
    row(`${kind}: loaded, against no extension`, of(sidelight, 'loaded'), of(none, 'loaded')),
    row(`${kind}: thread at work, against an empty extension`, of(sidelight, 'busy'), of(empty, 'busy')),
    row(`${kind}: thread at work, against no extension`, of(sidelight, 'busy'), of(none, 'busy')),
  ];
}

const tabOn = async ({ context }: WorldBrowser, host: string) => {
  const page = await context.newPage();
  await page.goto(`https://${host}/`);
  return page;
};

async function measure(
  crm: Crm,
  own: WorldBrowser,
  empty: WorldBrowser,
  none: WorldBrowser,
  quick: boolean,
): Promise<BenchRow[]> {
  const counts = quick ? SIZES.quick : SIZES.full;
  await allowHost(empty.context, empty.extensionId, 'https://*/*');
  const ms = await fillCopy({ browser: own }, crm);
  console.log(`${counts.accounts.toLocaleString('en')} accounts were copied in ${(ms / 1000).toFixed(1)} s`);
  const hosts = await crm.ask('hosts', counts.searches);
  const [host = ''] = hosts;
  const page = await tabOn(own, host);
  const other = await tabOn(empty, host);
  const popups = await timePopups(own, page, counts.views);
  const emptyPopups = await timePopups(empty, other, counts.views);
  const sidebars = await timeSidebars(page, counts.views);
  const cold = await timePopups(own, page, counts.cold, true);
  const stranger = await tabOn(own, 'www.nobody.home.arpa');
  // The first asks the CRM for the description.
  await timeForms(own, stranger, 1);
  const forms = await timeForms(own, stranger, counts.views);
  const coldForms = await timeForms(own, stranger, counts.cold, true);
  const words = hosts.map(
    (one) =>
      one
        .replace(/^www\./, '')
        .split(/[.-]/)[0]
        ?.slice(0, 6) ?? '',
  );
  const searches = (await timeSearches(own, words)).toSorted((a, b) => a - b);
  const tabs = { sidelight: page, empty: other, none: await tabOn(none, host) };
  const loads = await timeLoads(tabs, 'www.nobody.home.arpa', counts.loads);
  return [
    ...viewRows('popup', popups, emptyPopups, BARS.popup),
    ...viewRows('popup, worker was stopped', cold, null, null),
    ...viewRows('sidebar, from the click on its tab', sidebars, null, BARS.sidebar),
    row('form for a new Lead in the popup, from the press to its painted fields', median(forms), null, BARS.form),
    row('the same, worker was stopped', median(coldForms), null),
    row('search in the popup, p50', median(searches), null),
    row('search in the popup, p95', searches[Math.floor(searches.length * 0.95)] ?? Number.NaN, null, BARS.search),
    ...PAGE_KINDS.flatMap((kind) => loadRows(kind, loads[kind])),
  ];
}

/** What a person waits for, in the release build and the real browser, beside an empty extension and beside none. */
export async function benchSurfaces(quick: boolean): Promise<void> {
  const sidelight = clockedSidelight();
  const nothing = emptyExtension();
  const crm = await startCrm((quick ? SIZES.quick : SIZES.full).accounts, 'accounts');
  const browsers: WorldBrowser[] = [];
  const launch = async (extensionDir?: string) => {
    const browser = await launchWorldBrowser({ server: crm, ...(extensionDir === undefined ? {} : { extensionDir }) });
    browsers.push(browser);
    return browser;
  };
  try {
    const own = await launch(sidelight.dir);
    report('surfaces', await measure(crm, own, await launch(nothing.dir), await launch(), quick));
  } finally {
    for (const browser of browsers) await browser.close();
    crm.close();
    sidelight.remove();
    nothing.remove();
  }
}
