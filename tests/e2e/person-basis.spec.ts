import { expect, type Page, test } from '@playwright/test';
import { noticeDue } from '../../lib/privacy/notice.ts';
import { connect, openScene, type Scene, showOnAllSites, tabId, visit } from './scene.ts';

/**
 * The legal basis of a person in the real popup: answers of the company, three questions about the person, and what of it arrives in
 * the CRM. `SIDELIGHT_SHOTS` names a folder for pictures.
 */
test.describe.configure({ mode: 'serial' });

let scene: Scene;
let options: Page;
let site: Page;
/** As the options show it. */
let hash: string;

test.beforeAll(async () => {
  scene = await openScene({ sandbox: { accounts: 5 } });
  options = await connect(scene);
  await showOnAllSites(options);
  site = await visit(scene, 'www.unknown-maker.com', 'Unknown Maker | Pumps');
});
test.afterAll(async () => {
  await scene?.close();
});

const rows = (object: string) => scene.sandbox.org.rows(object);
const lead = (lastName: string) => rows('Lead').find((row) => row.LastName === lastName);
/** What was sent that changes something, as path and body. A composite request of reads changes nothing. */
const writes = () =>
  scene.sandbox.log
    .matching(/^(?:POST|PATCH|PUT|DELETE) .*\/(?:composite|sobjects)/)
    .filter(({ path, body }) => !path.endsWith('/composite') || /"method":"(?:POST|PATCH|DELETE)"/.test(body))
    .map(({ path, body }) => ({ path, body }));
const today = () => new Date().toLocaleDateString('sv');

async function openForm(lastName: string): Promise<Page> {
  const popup = await scene.open(`popup.html?tab=${await tabId(scene, site)}`);
  await popup.setViewportSize({ width: 400, height: 600 });
  await popup.getByRole('button', { name: 'Create lead' }).click();
  await popup.getByLabel(/^Last Name/).fill(lastName);
  await popup.getByRole('radio', { name: /Legitimate interest/ }).check();
  return popup;
}

async function answer(popup: Page, question: RegExp, word: 'Yes' | 'No'): Promise<void> {
  await popup.getByRole('radiogroup', { name: question }).getByLabel(word, { exact: true }).check();
}
const create = (popup: Page) => popup.getByRole('form').getByRole('button', { name: 'Create lead' }).click();

async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env.SIDELIGHT_SHOTS;
  if (!folder) return;
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: `${folder}/${name}-${colorScheme}.png` });
  }
  await page.emulateMedia({ colorScheme: null });
}

test('without the company’s answers a sentence is asked for, and nothing at all where the company wants them first', async () => {
  const popup = await openForm('Wordless');
  await popup.getByLabel(/For what purpose/).fill('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa');
  await create(popup);
  await expect(popup.getByText('Write a sentence in your own words, 20 characters or more.')).toBeVisible();
  await shoot(popup, 'words');

  await options.goto(`${options.url().split('#')[0]}#basis`);
  await options.reload();
  await options.getByLabel('No legitimate interest without these answers').check();
  await expect(options.getByText('Until then nobody can be stored on legitimate interest.')).toBeVisible();
  await popup.close();
  const strict = await openForm('Wordless');
  await expect(strict.getByText('wants its interest written down')).toBeVisible();
  await create(strict);
  await expect(strict.getByRole('radio', { name: /Legitimate interest/ })).toBeFocused();
  await expect(strict.getByLabel(/For what purpose/)).toHaveCount(0);
  await shoot(strict, 'template-needed');
  await strict.close();
  expect(lead('Wordless')).toBeUndefined();
  expect(writes()).toEqual([]);
});

test('the company answers once, and each answer has a hash', async () => {
  await options.getByLabel(/What do you keep people for/).fill('To offer pumps to those who buy pumps in their company.');
  await options.getByLabel(/Why does it take this data/).fill('Without name and work address nobody can be asked.');
  await options.getByLabel(/Your company and how it is reached/).fill('Northwind GmbH, privacy@northwind.example');
  await options.getByLabel(/Who is responsible/).fill('Ruth Castell');
  await options.getByLabel(/Look at it again by/).fill('2099-01-31');
  await options.getByRole('button', { name: 'Save as version 1' }).click();
  await expect(options.getByText('Saved', { exact: true })).toBeVisible();
  await expect(options.getByRole('button', { name: 'Save as version 2' })).toBeDisabled();
  hash = (await options.getByText(/^Hash [0-9a-f]{16}$/).textContent())?.replace('Hash ', '') ?? '';
  await shoot(options, 'options');
});

test('an interest that prevails arrives with the person and the Task to tell them, in one request', async () => {
  const popup = await openForm('Castell');
  await popup.getByLabel(/^First Name/).fill('Pia');
  await answer(popup, /details of their work/, 'Yes');
  await answer(popup, /expect to hear from you/, 'Yes');
  await answer(popup, /likely to mind/, 'No');
  await expect(popup.getByText('Your interest weighs more: you may go on.')).toBeVisible();
  await shoot(popup, 'proceed');
  await create(popup);
  await expect(popup.getByRole('heading', { name: 'Lead created' })).toBeVisible();

  const made = lead('Castell');
  const due = noticeDue(today(), 5);
  expect(String(made?.Description).split('\n')).toEqual([
    '[Legal basis] Art. 6(1)(f) GDPR, legitimate interest',
    `Recorded: ${today()}`,
    `Purpose: To offer pumps to those who buy pumps in their company. (answers of the company, version 1, hash ${hash}, responsible Ruth Castell)`,
    '- Only details of their work, nothing sensitive: Yes',
    '- Expects to hear from us in their role: Yes',
    '- Likely to mind: No',
    'Balancing: interest prevails',
    'Source of the data: www.unknown-maker.com',
    `Inform the person by (Art. 14): ${due}`,
  ]);
  const task = rows('Task').find(({ Subject }) => Subject === 'Art. 14 GDPR: inform Pia Castell');
  expect(task).toMatchObject({ WhoId: made?.Id, ActivityDate: due });
  expect(String(task?.Description)).toContain('Northwind GmbH, privacy@northwind.example');
  expect(String(task?.Description)).toContain('https://www.unknown-maker.com/');
  const [sent, ...others] = writes();
  expect(others).toEqual([]);
  expect(sent?.path).toMatch(/\/composite$/);
  expect(JSON.parse(sent?.body ?? '')).toMatchObject({ allOrNone: true });
  await popup.close();
});

test('a balancing that says stop sends nothing until somebody says why all the same', async () => {
  scene.sandbox.log.clear();
  const popup = await openForm('Lind');
  await answer(popup, /likely to mind/, 'Yes');
  await expect(popup.getByText('Stop: this person’s interest weighs more')).toBeVisible();
  await answer(popup, /details of their work/, 'Yes');
  await answer(popup, /expect to hear from you/, 'Yes');
  await shoot(popup, 'stop');
  await create(popup);
  await expect(popup.getByLabel(/Why all the same/)).toBeFocused();
  await popup.getByLabel(/Why all the same/).fill('because');
  await create(popup);
  await expect(popup.getByText('Write a sentence in your own words, 20 characters or more.')).toBeVisible();
  expect(lead('Lind')).toBeUndefined();
  expect(writes()).toEqual([]);

  await popup.getByLabel(/Why all the same/).fill('He asked us at the fair to send an offer.');
  await create(popup);
  await expect(popup.getByRole('heading', { name: 'Lead created' })).toBeVisible();
  expect(String(lead('Lind')?.Description)).toContain(
    'Balancing: against the result, because: He asked us at the fair to send an offer.',
  );
  await popup.close();
});

test('whoever is on the list of people not to be stored again is refused, and nothing is sent', async () => {
  await options.getByLabel('E-mail or phone').fill('Otto@unknown-maker.com');
  await options.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(options.getByText('1 address or number is on the list.')).toBeVisible();
  scene.sandbox.log.clear();
  const popup = await openForm('Refused');
  await popup.getByLabel(/^Email/).fill('otto@unknown-maker.com');
  for (const [question, word] of [
    [/details of their work/, 'Yes'],
    [/expect to hear from you/, 'Yes'],
    [/likely to mind/, 'No'],
  ] as const)
    await answer(popup, question, word);
  await create(popup);
  await expect(popup.getByText('is on your list of people who must not be stored again')).toBeVisible();
  await shoot(popup, 'suppressed');
  expect(lead('Refused')).toBeUndefined();
  expect(writes()).toEqual([]);
  await popup.close();
});
