import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ADDON_DIR } from './scene.ts';

/** What is in the package that people install in Firefox. A change here is a change of what they are asked for. */
const manifest = JSON.parse(readFileSync(join(ADDON_DIR, 'manifest.json'), 'utf8'));

test('asks for few permissions and for no host', () => {
  expect(manifest.permissions.sort()).toEqual([
    'activeTab',
    'alarms',
    'contextMenus',
    'identity',
    'idle',
    'scripting',
    'storage',
  ]);
  expect(manifest.host_permissions).toBeUndefined();
  expect(manifest.content_scripts).toBeUndefined();
  expect(manifest.optional_host_permissions.sort()).toEqual([
    'http://*/*',
    'https://*.my.salesforce.com/*',
    'https://*/*',
    'https://login.salesforce.com/*',
    'https://test.salesforce.com/*',
  ]);
  expect(manifest.incognito).toBe('not_allowed');
});

test('says to Firefox who it is and what it sends', () => {
  expect(manifest.browser_specific_settings).toEqual({
    gecko: {
      id: 'sidelight@sidelight-extension',
      strict_min_version: '153.0',
      data_collection_permissions: { required: ['personallyIdentifyingInfo'] },
    },
  });
});

test('has a sidebar, which opens when it is asked for and not at installation', () => {
  expect(manifest.sidebar_action).toMatchObject({ default_panel: 'sidepanel.html', open_at_install: false });
  expect(Object.keys(manifest.commands)).toContain('_execute_sidebar_action');
});

test('has no key that only Chromium knows', () => {
  for (const key of ['key', 'minimum_chrome_version', 'externally_connectable']) expect(manifest).not.toHaveProperty(key);
  expect(manifest.background).toEqual({ scripts: ['background.js'] });
  expect(manifest.web_accessible_resources).toEqual([{ resources: ['sidebar.html'], matches: ['https://*/*', 'http://*/*'] }]);
});

test('runs no code but its own, and lets its event page call out by https alone', () => {
  const policy = String(manifest.content_security_policy.extension_pages).split('; ');
  for (const rule of ["default-src 'none'", "script-src 'self'", "trusted-types 'none'", "connect-src 'self' https:"]) {
    expect(policy).toContain(rule);
  }
});

test('gives none of its pages a network', () => {
  const pages = readdirSync(ADDON_DIR).filter((file) => file.endsWith('.html'));
  expect(pages.length).toBeGreaterThan(3);
  for (const page of pages) {
    const [, policy] =
      /<head>\s*<meta http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(readFileSync(join(ADDON_DIR, page), 'utf8')) ??
      [];
    expect(policy, page).toBe("connect-src 'self'");
  }
});
