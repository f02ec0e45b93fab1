import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'wxt';
import { jsforceParts } from './lib/connectors/salesforce/jsforce-parts/resolve-plugin';

/** Hosts of Salesforce itself: the only ones that extension pages and the worker may ever call. */
const CRM_ORIGINS = ['https://login.salesforce.com', 'https://test.salesforce.com', 'https://*.my.salesforce.com'];

const EXTENSION_PAGES_CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  `connect-src 'self' ${CRM_ORIGINS.join(' ')}`,
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-src 'none'",
  "worker-src 'self'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

/** Public half of a key that fixes the extension's id, so that the OAuth callback URL is the same on every machine. */
const CHROME_KEY =
  'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAspix9A0puE5dpqa819jTbt2Xjt/teSSx7bTpKTlaikcigoyLX7cywelhHChULSLXWHEcvzgiQH+Yz3p0cREYQYUzO6gWcKULpyHgRp2vHUwlZcJzzRQCCMjZLDO6yJ3OFGMcCfQqo6fiftbiUOKGorOXAerrfWtZfSase3FIIvJZth4ymxwqxuK1+303dk3C0J+L+5o9HNR4wPzJqOxO2zQwk5ChHz3Bp1sURkk98PW4tPFq+x/EUUc0W2D8AwVPmR3jMuJUbFDzKvXQvzb8Il90nx0rDwyN42vqaK3DBsBACiiGBtT9bH0SNK3Bl1bEn0gStGddS5Bougc9ItQbgwIDAQAB';

export default defineConfig({
  imports: false,
  modules: ['@wxt-dev/module-react', '@wxt-dev/webextension-polyfill', '@wxt-dev/i18n/module'],
  vite: () => ({
    plugins: [tailwindcss(), jsforceParts()],
    // jsforce reads these two of Node's at load time.
    define: { global: 'globalThis', 'process.env': '{}' },
    build: { target: 'chrome122', modulePreload: false },
  }),
  manifest: {
    name: '__MSG_extName__',
    description: '__MSG_extDescription__',
    default_locale: 'en',
    minimum_chrome_version: '122',
    key: CHROME_KEY,
    permissions: ['storage', 'alarms', 'identity', 'idle', 'scripting', 'activeTab'],
    commands: { lock: { suggested_key: { default: 'Alt+Shift+L' }, description: '__MSG_commandLock__' } },
    optional_host_permissions: [...CRM_ORIGINS.map((origin) => `${origin}/*`), 'https://*/*', 'http://*/*'],
    incognito: 'not_allowed',
    externally_connectable: { ids: [] },
    content_security_policy: { extension_pages: EXTENSION_PAGES_CSP },
    web_accessible_resources: [{ resources: ['sidebar.html'], matches: ['https://*/*', 'http://*/*'], use_dynamic_url: true }],
  },
});
