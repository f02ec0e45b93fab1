import type { Page } from '@playwright/test';
import { HOLDING, HOLDING_ALL, READY, RESERVED, SYNCING } from './fixtures/connection.ts';
import { HELD, RUNS } from './fixtures/sync.ts';
import { expectFocus, no, ok, type Answers, type State } from './state.ts';
import { options } from './states-options.ts';

const listed = (connection: typeof READY, rest: Answers = {}): Answers => ({ 'connections.list': ok([connection]), ...rest });

const answered = (answer: 'keep' | 'remove'): typeof READY => ({
  ...HOLDING,
  sync: { ...HOLDING.sync, held: HOLDING.sync.held.map((held) => ({ ...held, answer })) },
});

async function review(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Review…' }).first().click();
  await page.getByRole('dialog').waitFor();
}

async function history(page: Page): Promise<void> {
  await page.getByText('Sync history').click();
}

async function answer(page: Page, name: string): Promise<void> {
  await review(page);
  await page.getByRole('button', { name }).click();
}

export const syncStates: State[] = [
  options('reserve', listed(RESERVED)),
  options(
    'counting',
    listed({
      ...SYNCING,
      sync: {
        ...SYNCING.sync,
        running: {
          object: 'user',
          done: 0,
          total: 0,
          overallDone: 0,
          overallTotal: 0,
          recordsPerSecond: null,
          secondsLeft: null,
        },
      },
    }),
  ),
  options('held', listed(HOLDING)),
  options('held-all', listed(HOLDING_ALL)),
  options('held-review', listed(HOLDING, { 'sync.held': ok(HELD) }), async (page) => {
    await review(page);
    await page.getByText('The first 100 of 412').waitFor();
  }),
  options('held-loading', listed(HOLDING, { 'sync.held': 'never' }), review),
  options('held-error', listed(HOLDING, { 'sync.held': no('storage.unreadable') }), review),
  options('held-removing', listed(HOLDING, { 'sync.held': ok(HELD), 'sync.answer': 'never' }), (page) =>
    answer(page, 'Remove them here'),
  ),
  options('held-refused', listed(HOLDING, { 'sync.held': ok(HELD), 'sync.answer': no('crm.offline') }), async (page) => {
    await answer(page, 'Remove them here');
    await page.getByRole('alert').waitFor();
  }),
  options(
    'held-kept',
    { 'connections.list': [ok([HOLDING]), ok([answered('keep')])], 'sync.held': ok(HELD), 'sync.answer': ok(null) },
    async (page) => {
      await answer(page, 'Keep them for now');
      await page.getByText('Kept for now').waitFor();
      await expectFocus(page, 'Kept for now');
    },
  ),
  options('history', listed(READY, { 'sync.history': ok(RUNS) }), history),
  options('history-empty', listed(READY, { 'sync.history': ok([]) }), history),
  options('history-loading', listed(READY, { 'sync.history': 'never' }), history),
  options('history-error', listed(READY, { 'sync.history': no('storage.unreadable') }), history),
];
