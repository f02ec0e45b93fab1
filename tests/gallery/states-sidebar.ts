import type { Page } from '@playwright/test';
import { CONTACTS, HOSTILE_VIEW, OPENED, SEVERAL, SMALL_VIEW, VIEW } from './fixtures/account.ts';
import { ago } from './fixtures/now.ts';
import { no, ok, type Answers, type State } from './state.ts';

const sidebar = (name: string, answers: Answers, act?: (page: Page) => Promise<void>): State => ({
  id: `sidebar-${name}`,
  view: 'sidebar',
  answers,
  ...(act ? { act } : {}),
});

const crowd = Array.from({ length: 48 }, (_, index) => ({
  ...CONTACTS[index % CONTACTS.length],
  id: `c${index}`,
})) as typeof CONTACTS;

export const sidebarStates: State[] = [
  sidebar('account', { 'sidebar.open': ok(OPENED) }),
  sidebar('several', { 'sidebar.open': ok({ ...OPENED, candidates: SEVERAL }) }),
  sidebar(
    'switched',
    { 'sidebar.open': ok({ ...OPENED, candidates: SEVERAL }), 'sidebar.account': ok(SMALL_VIEW) },
    async (page) => {
      await page.getByRole('button', { name: /Acme Europe/ }).click();
      await page.getByRole('heading', { name: 'Acme Europe GmbH' }).waitFor();
    },
  ),
  sidebar('empty', { 'sidebar.open': ok({ ...OPENED, view: SMALL_VIEW }) }),
  sidebar('many', { 'sidebar.open': ok({ ...OPENED, view: { ...VIEW, contacts: crowd } }) }, async (page) => {
    const button = page.getByRole('button', { name: 'Show all 48' });
    await button.scrollIntoViewIfNeeded();
    await button.focus();
  }),
  sidebar('stale', { 'sidebar.open': ok({ ...OPENED, view: { ...VIEW, syncedAt: ago(60 * 24 * 4), stale: true } }) }),
  sidebar('hostile', { 'sidebar.open': ok({ ...OPENED, view: HOSTILE_VIEW }) }),
  sidebar('loading', { 'sidebar.open': 'never' }),
  sidebar('error', { 'sidebar.open': no('record.missing') }),
];
