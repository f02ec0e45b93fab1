import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'wxt';
import { jsforceParts } from './lib/connectors/salesforce/jsforce-parts/resolve-plugin';

/** Hosts of Salesforce and HubSpot themselves. A CRM that an organisation hosts is at an address of its own, which nobody knows here. */
const CRM_ORIGINS = [
  'https://login.salesforce.com',
  'https://test.salesforce.com',
  'https://*.my.salesforce.com',
  'https://api.hubapi.com',
];

const EXTENSION_PAGES_CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  // The worker alone may call out, and egress holds it to the CRM's own address. Pages are held to less, see WITHOUT_NETWORK.
  "connect-src 'self' https:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-src 'none'",
  "worker-src 'self'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

/** Pages get all they show from the worker, and reach no network at all. The manifest cannot tell the two apart (ADR 0038). */
const WITHOUT_NETWORK = `<meta http-equiv="Content-Security-Policy" content="connect-src 'self'">`;

const pagesWithoutNetwork = () => ({
  name: 'pages-without-network',
  apply: 'build' as const,
  transformIndexHtml: (html: string) => html.replace('<head>', `<head>${WITHOUT_NETWORK}`),
});

/** Public half of a key that fixes the extension's id, so that the OAuth callback URL is the same on every machine. */
const CHROME_KEY =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAspix9A0puE5dpqa819jTbt2Xjt/teSSx7bTpKTlaikcigoyLX7cywelhHChULSLXWHEcvzgiQH+Yz3p0cREYQYUzO6gWcKULpyHgRp2vHUwlZcJzzRQCCMjZLDO6yJ3OFGMcCfQqo6fiftbiUOKGorOXAerrfWtZfSase3FIIvJZth4ymxwqxuK1+303dk3C0J+L+5o9HNR4wPzJqOxO2zQwk5ChHz3Bp1sURkk98PW4tPFq+x/EUUc0W2D8AwVPmR3jMuJUbFDzKvXQvzb8Il90nx0rDwyN42vqaK3DBsBACiiGBtT9bH0SNK3Bl1bEn0gStGddS5Bougc9ItQbgwIDAQAB';

/** Fixes the add-on's id in Firefox, and with it the OAuth callback URL: its host is the id's SHA-1 under extensions.allizom.org. */
const FIREFOX_ID = 'sidelight@sidelight-extension';

/** Chromium's alone: Firefox warns about each of these keys, or takes them for a mistake. */
const CHROMIUM_MANIFEST = {
  minimum_chrome_version: '122',
  key: CHROME_KEY,
  externally_connectable: { ids: [] },
  storage: { managed_schema: 'managed-schema.json' },
};

const FIREFOX_MANIFEST = {
  browser_specific_settings: {
    gecko: {
      id: FIREFOX_ID,
      strict_min_version: '153.0',
      // What a person types into a form for a Lead goes to their own CRM. Firefox asks about that at installation.
      data_collection_permissions: { required: ['personallyIdentifyingInfo' as const] },
    },
  },
};

const SIDEBAR_FOR_PAGES = { resources: ['sidebar.html'], matches: ['https://*/*', 'http://*/*'] };

export default defineConfig({
  imports: false,
  modules: ['@wxt-dev/module-react', '@wxt-dev/webextension-polyfill', '@wxt-dev/i18n/module'],
  vite: ({ browser }) => ({
    plugins: [tailwindcss(), jsforceParts(), pagesWithoutNetwork()],
    // Dexie's build for browsers that have async functions themselves; its default one brings the old ones' with it.
    resolve: { alias: [{ find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.mjs' }] },
    // jsforce reads these two of Node's at load time.
    define: { global: 'globalThis', 'process.env': '{}' },
    build: {
      target: browser === 'firefox' ? 'firefox153' : 'chrome122',
      modulePreload: false,
      // Each place that uses the Public Suffix List's 68 KB of text would get a copy of it.
      rolldownOptions: { optimization: { inlineConst: false } },
    },
  }),
  manifest: ({ browser }) => ({
    name: '__MSG_extName__',
    description: '__MSG_extDescription__',
    default_locale: 'en',
    permissions: ['storage', 'alarms', 'identity', 'idle', 'scripting', 'activeTab', 'contextMenus'],
    omnibox: { keyword: 'crm' },
    commands: {
      lock: { suggested_key: { default: 'Alt+Shift+L' }, description: '__MSG_commandLock__' },
      sidebar: { suggested_key: { default: 'Alt+Shift+S' }, description: '__MSG_commandSidebar__' },
      // Firefox opens its sidebar by a command of its own.
      [browser === 'firefox' ? '_execute_sidebar_action' : 'side-panel']: {
        suggested_key: { default: 'Alt+Shift+P' },
        description: '__MSG_commandSidePanel__',
      },
    },
    optional_permissions: ['cookies'],
    optional_host_permissions: [...CRM_ORIGINS.map((origin) => `${origin}/*`), 'https://*/*', 'http://*/*'],
    incognito: 'not_allowed',
    content_security_policy: { extension_pages: EXTENSION_PAGES_CSP },
    // Firefox has no such switch; there the page's address holds an id that is made anew for every profile.
    web_accessible_resources: [browser === 'firefox' ? SIDEBAR_FOR_PAGES : { ...SIDEBAR_FOR_PAGES, use_dynamic_url: true }],
    ...(browser === 'firefox' ? FIREFOX_MANIFEST : CHROMIUM_MANIFEST),
  }),
});
