import type { Page } from '@playwright/test';
import { ONE, SITE, VIEW } from './fixtures/account.ts';
import { READY } from './fixtures/connection.ts';
import { FOUND, NOTHING_FOUND } from './fixtures/search.ts';
import { no, ok, type Answers, type State } from './state.ts';

const matched = ok({ kind: 'matched' as const, site: SITE, candidates: ONE, suggestions: [], view: VIEW });

const searching =
  (text: string, then?: (page: Page) => Promise<void>) =>
  async (page: Page): Promise<void> => {
    await page.getByRole('combobox').fill(text);
    await then?.(page);
  };

const search = (name: string, answer: Answers['search.find'], act: (page: Page) => Promise<void>): State => ({
  id: `popup-search-${name}`,
  view: 'popup',
  answers: { 'connections.list': ok([READY]), 'site.state': matched, ...(answer ? { 'search.find': answer } : {}) },
  act,
});

export const searchStates: State[] = [
  search('found', ok(FOUND), searching('mull')),
  search(
    'objected',
    ok({ ...FOUND, items: FOUND.items.map((item) => (item.id === '003a' ? { ...item, objected: true as const } : item)) }),
    searching('mull'),
  ),
  search(
    'second',
    ok(FOUND),
    searching('mull', async (page) => {
      await page.getByRole('option').first().waitFor();
      await page.keyboard.press('ArrowDown');
    }),
  ),
  search('none', ok(NOTHING_FOUND), searching('Halvorsen Marine')),
  search('short', ok(NOTHING_FOUND), searching('h')),
  search('waiting', 'never', searching('mull')),
  search('syncing', ok({ ...FOUND, state: 'syncing' }), searching('mull')),
  search('syncing-none', ok({ ...NOTHING_FOUND, state: 'syncing' }), searching('mull')),
  search('unsynced', ok({ ...NOTHING_FOUND, state: 'unsynced' }), searching('mull')),
  search('damaged', ok({ ...FOUND, code: 'vault.tampered' }), searching('mull')),
  search('error', no('unexpected'), searching('mull')),
];
