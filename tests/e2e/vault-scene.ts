import { expect, type Page } from '@playwright/test';
import type { Scene } from './scene.ts';

export const PASSPHRASE = 'lamp river onion seven';

/** A request of a view as the view sends it, with the answer as it comes. */
export async function send(
  page: Page,
  name: string,
  payload: unknown = {},
): Promise<{ ok: boolean; value?: unknown; code?: string }> {
  return page.evaluate(async ([asked, sent]) => chrome.runtime.sendMessage({ sidelight: 1, name: asked, payload: sent }), [
    name,
    payload,
  ] as const);
}

/** Sets a passphrase in Options as a person does, and waits until everything is encrypted anew. */
export async function setPassphrase(options: Page, passphrase = PASSPHRASE): Promise<void> {
  await options.getByRole('link', { name: 'Protection' }).click();
  await options.getByRole('button', { name: 'Set a passphrase…' }).click();
  await options.getByLabel('New passphrase', { exact: true }).fill(passphrase);
  await options.getByLabel('New passphrase again', { exact: true }).fill(passphrase);
  await options.getByRole('button', { name: 'Set passphrase', exact: true }).click();
  await expect(options.getByText('The passphrase is set.')).toBeVisible({ timeout: 60_000 });
}

/** Unlocks in any view that shows the form. */
export async function unlock(view: Page, passphrase = PASSPHRASE): Promise<void> {
  await expect(lockedHeading(view)).toBeVisible();
  await view.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await view.getByRole('button', { name: 'Unlock', exact: true }).click();
}

export const lockedHeading = (view: Page) => view.getByRole('heading', { name: 'Sidelight is locked' });

/** What the browser keeps in memory for the extension. */
export const sessionContent = (page: Page): Promise<Record<string, unknown>> =>
  page.evaluate(() => chrome.storage.session.get(null));

/** Names of the buckets on the disk. */
export const bucketNames = (page: Page): Promise<string[]> =>
  page.evaluate(() => (navigator as unknown as { storageBuckets: { keys(): Promise<string[]> } }).storageBuckets.keys());

/** All text of a page, also in attributes: what somebody could find in the DOM. */
export const domText = (page: { content(): Promise<string> }): Promise<string> => page.content();

/** Every name, address and subject of the records that the sandbox has for an Account. */
export function recordTexts(scene: Scene, accountId: string): string[] {
  const { org } = scene.sandbox;
  const of = (object: string, field: string, link: string) =>
    org.rows(object).flatMap((row) => (row[link] === accountId && row[field] ? [String(row[field])] : []));
  const account = org.rows('Account').find(({ Id }) => Id === accountId);
  return [
    String(account?.Name),
    ...of('Contact', 'Name', 'AccountId'),
    ...of('Contact', 'Email', 'AccountId'),
    ...of('Opportunity', 'Name', 'AccountId'),
    ...of('Task', 'Subject', 'AccountId'),
  ];
}
