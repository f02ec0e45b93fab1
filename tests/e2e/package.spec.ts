import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { EXTENSION_DIR } from './scene.ts';

/** What is in the package that people install. A change here is a change of what they are asked for. */
const manifest = JSON.parse(readFileSync(join(EXTENSION_DIR, 'manifest.json'), 'utf8'));

test('asks for few permissions and for no host', () => {
  expect(manifest.permissions.sort()).toEqual([
    'activeTab',
    'alarms',
    'contextMenus',
    'identity',
    'idle',
    'scripting',
    'sidePanel',
    'storage',
  ]);
  expect(manifest.optional_permissions).toEqual(['cookies']);
  expect(manifest.host_permissions).toBeUndefined();
  expect(manifest.content_scripts).toBeUndefined();
  expect(manifest.optional_host_permissions.sort()).toEqual([
    'http://*/*',
    'https://*.my.salesforce.com/*',
    'https://*/*',
    'https://login.salesforce.com/*',
    'https://test.salesforce.com/*',
  ]);
  expect(manifest.externally_connectable).toEqual({ ids: [] });
  expect(manifest.incognito).toBe('not_allowed');
});

test('has a side panel of the browser, and a key for it', () => {
  expect(manifest.side_panel).toEqual({ default_path: 'sidepanel.html' });
  expect(Object.keys(manifest.commands)).toContain('side-panel');
});

test('lets its worker alone reach a network, and runs no code but its own', () => {
  const policy = Object.fromEntries(
    String(manifest.content_security_policy.extension_pages)
      .split('; ')
      .map((directive) => [directive.slice(0, directive.indexOf(' ')), directive.slice(directive.indexOf(' ') + 1)]),
  );
  expect(policy).toMatchObject({
    'default-src': "'none'",
    'script-src': "'self'",
    'connect-src': "'self' https:",
    'frame-src': "'none'",
    'require-trusted-types-for': "'script'",
    'trusted-types': "'none'",
  });
});

test('gives none of its pages a network', () => {
  const pages = readdirSync(EXTENSION_DIR).filter((file) => file.endsWith('.html'));
  expect(pages.length).toBeGreaterThan(4);
  for (const page of pages) {
    const [, policy] =
      /<head>\s*<meta http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(
        readFileSync(join(EXTENSION_DIR, page), 'utf8'),
      ) ?? [];
    expect(policy, page).toBe("connect-src 'self'");
  }
});

test('shows pages nothing but the sidebar, at an address they cannot guess', () => {
  expect(manifest.web_accessible_resources).toEqual([
    { resources: ['sidebar.html'], matches: ['https://*/*', 'http://*/*'], use_dynamic_url: true },
  ]);
});

test('holds nothing of the tests and no address of a machine', () => {
  const files = readdirSync(EXTENSION_DIR, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /\.(?:js|html|json|css)$/.test(path),
  );
  expect(files.length).toBeGreaterThan(8);
  for (const path of files) {
    expect(readFileSync(join(EXTENSION_DIR, path), 'utf8'), path).not.toMatch(
      /127\.0\.0\.1|localhost:\d|northwind-demo|__seenKeys|\.map$/,
    );
  }
  expect(existsSync(join(EXTENSION_DIR, 'tests'))).toBe(false);
});
