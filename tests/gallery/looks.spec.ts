import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test as base } from '@playwright/test';
import { DESIGNED } from './designed-states.ts';
import { differenceOf } from './difference.ts';
import { asKept, cellsOf, keepPicture, keptNames, keptPicture } from './kept-pictures.ts';
import { complaintsOf, openState, pictureOf } from './open-state.ts';
import type { State } from './state.ts';
import { STATES } from './states.ts';

/** How the user's system wants colours. What the names of the kept pictures end with comes first. */
const SCHEMES: readonly (readonly [string, Parameters<Page['emulateMedia']>[0]])[] = [
  ['', { colorScheme: 'light' }],
  ['-dark', { colorScheme: 'dark' }],
];
const CONTRASTS: typeof SCHEMES = [
  ['-contrast', { colorScheme: 'light', contrast: 'more' }],
  ['-contrast-dark', { colorScheme: 'dark', contrast: 'more' }],
  ['-forced', { colorScheme: 'dark', contrast: 'no-preference', forcedColors: 'active' }],
];
/** What of axe-core depends on colours alone. The rest is the same in every scheme. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];
/**
 * What axe-core is asked in a scheme; null is everything. With forced colours nothing: they are the system's own, and Chromium
 * 156 tells scripts another colour of letters (`-webkit-text-fill-color`) than the one it paints.
 */
function rulesIn(ending: string): readonly string[] | null {
  if (ending === '') return null;
  return ending === '-forced' ? [] : COLOUR_RULES;
}
/** One of each kind of view, and what depends most on colour. */
const SEEN_IN_CONTRAST = new Set([
  'tab-focused',
  'sidebar-account',
  'sidebar-stale',
  'popup-unmatched',
  'popup-lead-invalid',
  'popup-search-second',
  'popup-locked-wrong',
  'popup-disconnect',
  'options-syncing',
  'options-selection-conditions',
]);
const BENCH = 'about:blank';

const test = base.extend<object, { bench: Page }>({
  /** An empty page in which pictures are read and written: the browser knows their formats. */
  bench: [
    async ({ browser }, use) => {
      const page = await browser.newPage();
      await page.goto(BENCH);
      await use(page);
      await page.close();
    },
    { scope: 'worker' },
  ],
});

const isUpdate = () => test.info().config.updateSnapshots === 'all';

/** How long is waited before another look, in ms. After the last of them a view that stood still meanwhile is as it stays. */
const LOOKS_MS = [100, 200, 400, 400];

/**
 * Looks until the view is as wanted, or has come to rest: what was still on its way has come.
 * @returns the last picture and what is wrong with it
 */
async function look(
  page: Page,
  state: State,
  wrong: (seen: Buffer) => Promise<string | null>,
): Promise<{ seen: Buffer; is: string | null }> {
  let seen = await pictureOf(page, state);
  let is = await wrong(seen);
  for (let still = 0; is !== null && still < LOOKS_MS.length; ) {
    await page.waitForTimeout(LOOKS_MS[still] ?? 0);
    const next = await pictureOf(page, state);
    still = next.equals(seen) ? still + 1 : 0;
    if (still === 0) is = await wrong(next);
    seen = next;
  }
  return { seen, is };
}

async function looksAsKept(page: Page, bench: Page, state: State, name: string): Promise<void> {
  if (isUpdate()) {
    const { seen } = await look(page, state, async () => 'it is not at rest');
    return keepPicture(name, await asKept(bench, seen));
  }
  const kept = keptPicture(name);
  if (!kept) throw new Error(`There is no picture of ${name}. \`npm run gallery -- --update ${state.id}\` takes it.`);
  const keptCells = await cellsOf(bench, kept);
  // Made small in the same way, so that what making it small has changed is no difference.
  const { seen, is } = await look(page, state, async (png) =>
    differenceOf(keptCells, await cellsOf(bench, await asKept(bench, png))),
  );
  if (is !== null) await test.info().attach(name, { body: seen, contentType: 'image/png' });
  expect(is, `${name} looks as in docs/images/states`).toBeNull();
}

async function isAccessible(page: Page, rules: readonly string[] | null): Promise<void> {
  if (rules?.length === 0) return;
  const axe = new AxeBuilder({ page }).setLegacyMode();
  const { violations } = await (rules ? axe.withRules([...rules]) : axe).analyze();
  expect(violations.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes[0]?.html.slice(0, 160)}`)).toEqual([]);
}

test('every view is designed for every state, or has a reason not to be', () => {
  const known = new Set(STATES.map(({ id }) => id));
  const missing = Object.entries(DESIGNED).flatMap(([view, kinds]) =>
    Object.entries(kinds).flatMap(([kind, id]) => (typeof id !== 'string' || known.has(id) ? [] : [`${view}, ${kind}: ${id}`])),
  );
  expect(missing).toEqual([]);
  expect([...SEEN_IN_CONTRAST].filter((id) => !known.has(id))).toEqual([]);
});

test('no picture is kept of what is not in the gallery', () => {
  test.skip(isUpdate(), 'pictures are being taken');
  const known = STATES.map(({ id }) => id);
  const endings = [...SCHEMES, ...CONTRASTS].map(([ending]) => ending);
  const names = new Set(known.flatMap((id) => endings.map((ending) => `${id}${ending}`)));
  expect(keptNames().filter((name) => !names.has(name))).toEqual([]);
});

for (const state of STATES) {
  test(state.id, async ({ page, bench }) => {
    const complaints = complaintsOf(page);
    await openState(page, process.env.GALLERY ?? '', state);
    for (const [ending, media] of SEEN_IN_CONTRAST.has(state.id) ? [...SCHEMES, ...CONTRASTS] : SCHEMES) {
      await page.emulateMedia(media);
      if (!state.hasForeignLetters) await looksAsKept(page, bench, state, `${state.id}${ending}`);
      if (!isUpdate()) await isAccessible(page, rulesIn(ending));
    }
    if (!state.breaks) expect(complaints).toEqual([]);
  });
}
