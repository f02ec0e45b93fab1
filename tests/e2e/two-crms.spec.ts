import { expect, test } from '@playwright/test';
import { createHubspotSandbox } from '../sandbox-crm/hubspot/sandbox.ts';
import { connect, openScene, openSidebar, type Scene, showOnAllSites, visit } from './scene.ts';

/** Salesforce and HubSpot connected at the same time: a company that both know is shown from both. */
let scene: Scene;

test.beforeAll(async () => {
  scene = await openScene({ sandbox: { accounts: 40 } });
});
test.afterAll(async () => {
  await scene?.close();
});

test('shows a company that Salesforce and HubSpot know from both of them', async () => {
  const hubspot = createHubspotSandbox({ accounts: 5, contacts: 5, leads: 0, opportunities: 0, tasks: 0 });
  hubspot.store.insert('companies', { name: 'Both Know Us (HubSpot)', domain: 'both-know-us.com' });
  scene.sandbox.org.insert('Account', { Name: 'Both Know Us (Salesforce)', Website: 'https://www.both-know-us.com' });
  scene.sites.set('api.hubapi.com', (request) => hubspot.fetch(request));
  const options = await connect(scene);
  await options.getByRole('button', { name: 'Connect another organisation' }).click();
  await options.getByRole('button', { name: 'Connect HubSpot instead' }).click();
  await options.getByLabel(/Access token/).fill(hubspot.settings.token);
  await options.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect
    .poll(() =>
      options.evaluate(async () => {
        const reply = await chrome.runtime.sendMessage({ sidelight: 1, name: 'connections.list', payload: {} });
        return reply.value.filter((one: { sync: { lastSuccessAt: unknown } }) => one.sync.lastSuccessAt).length;
      }),
    )
    .toBe(2);
  await showOnAllSites(options);
  const page = await visit(scene, 'both-know-us.com');
  const frame = await openSidebar(page);
  await expect(frame.getByText('Both Know Us (Salesforce)').first()).toBeVisible();
  await expect(frame.getByText('Both Know Us (HubSpot)').first()).toBeVisible();
});
