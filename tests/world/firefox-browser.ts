import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer, { type Browser } from 'puppeteer-core';
import { findOrInstallFirefox } from './firefox.ts';
import type { WorldServer } from './server.ts';

type PreferenceValue = string | number | boolean;

export interface WorldFirefoxOptions {
  /** The world server, where every host name leads. */
  readonly server: Pick<WorldServer, 'port'>;
  /** Folder of the built add-on; without one the browser has none (a control). */
  readonly addonDir?: string;
  /** The add-on's id, from its manifest. */
  readonly addonId: string;
  /** Kept after closing when given; otherwise a new one that goes with the browser. */
  readonly profileDir?: string;
  readonly preferences?: Readonly<Record<string, PreferenceValue>>;
}

export interface WorldFirefox {
  readonly browser: Browser;
  readonly profileDir: string;
  /** Where the add-on's pages stand, without a slash at the end. */
  readonly origin: string;
  /** Ends the browser and waits until its profile is written; a profile of its own is removed unless `keepProfile`. */
  close(options?: { readonly keepProfile?: boolean }): Promise<void>;
}

/** Firefox draws one for each profile; drawn here, so that tests can name the add-on's pages. */
const ORIGIN_ID = '5d6e1c1a-7c0f-4a53-9a0e-0b8f1d2c3e4f';

/** The browser's own services: silenced, since every one of their hosts leads to the test world too. */
const QUIET: Readonly<Record<string, PreferenceValue>> = {
  'services.settings.server': 'data:,#no-remote-settings/v1',
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'browser.safebrowsing.downloads.enabled': false,
  'browser.search.update': false,
  'browser.urlbar.suggest.searches': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'extensions.getAddons.cache.enabled': false,
  'extensions.update.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'security.OCSP.enabled': 0,
  'toolkit.telemetry.server': '',
  'app.normandy.enabled': false,
  'intl.locale.requested': 'en-US',
};

/** Starts a Firefox in which every host name leads to the world server and the browser itself calls nobody. */
export async function launchWorldFirefox(options: WorldFirefoxOptions): Promise<WorldFirefox> {
  const profileDir = options.profileDir ?? mkdtempSync(join(tmpdir(), 'sidelight-firefox-'));
  mkdirSync(profileDir, { recursive: true });
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: findOrInstallFirefox(),
    headless: true,
    acceptInsecureCerts: true,
    userDataDir: profileDir,
    defaultViewport: { width: 1280, height: 800 },
    // Without it a release build goes by its own address for remote settings, whatever the preference says.
    env: { ...process.env, MOZ_REMOTE_SETTINGS_DEVTOOLS: '1' },
    // Lets WebDriver BiDi open the add-on's pages, which it may not otherwise.
    args: ['--remote-allow-system-access'],
    extraPrefsFirefox: {
      ...QUIET,
      'extensions.webextensions.uuids': JSON.stringify({ [options.addonId]: ORIGIN_ID }),
      // Every name leads to this machine, and every port to the one that speaks both schemes.
      'network.dns.forceResolve': '127.0.0.1',
      'network.socket.forcePort': `443=${options.server.port};80=${options.server.port}`,
      // The browser's question for host access is out of a test's reach; it is answered yes.
      'extensions.webextOptionalPermissionPrompts': false,
      // A folder is installed until the browser ends, and what it stored would go with it. So the next start finds all of it.
      'extensions.webextensions.keepStorageOnUninstall': true,
      'extensions.webextensions.keepUuidOnUninstall': true,
      ...options.preferences,
    },
  });
  if (options.addonDir !== undefined) await browser.installExtension(options.addonDir);
  return {
    browser,
    profileDir,
    origin: `moz-extension://${ORIGIN_ID}`,
    close: async (closing = {}) => {
      await browser.close();
      if (options.profileDir === undefined && closing.keepProfile !== true) {
        rmSync(profileDir, { recursive: true, force: true, maxRetries: 5 });
      }
    },
  };
}
