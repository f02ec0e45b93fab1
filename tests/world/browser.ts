import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { findOrInstallChromium } from './chromium.ts';
import { NOWHERE_RULE, QUIET_LOCAL_STATE, quietPreferences, quietSwitches } from './quiet-browser.ts';
import type { WorldServer } from './server.ts';
import { until } from './within.ts';

/** Chromium's `NetworkPredictionOptions::kStandard` (chrome/browser/preloading/preloading_prefs.h). */
const STANDARD_PRELOADING = 0;

export interface WorldBrowserOptions {
  /** The world server, where every host name leads. */
  readonly server: Pick<WorldServer, 'port' | 'spki'>;
  /** Folder of the built extension; without one the browser has none (a control). */
  readonly extensionDir?: string;
  /** Kept after closing when given; otherwise a new one that goes with the browser. */
  readonly profileDir?: string;
  readonly headless?: boolean;
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly colorScheme?: 'light' | 'dark' | 'no-preference';
  readonly reducedMotion?: 'reduce' | 'no-preference';
  readonly deviceScaleFactor?: number;
  /** Language of the browser itself and so of the extension's texts; `en-US` unless told. */
  readonly locale?: string;
  readonly timezoneId?: string;
  /** More of `Default/Preferences`, laid over the quiet ones at the top level; only for a profile that is new. */
  readonly preferences?: Readonly<Record<string, unknown>>;
  readonly args?: readonly string[];
  /** Pages that are left are kept for going back, as users have it. Playwright switches that off, and its `goBack` needs it off. */
  readonly backForwardCache?: boolean;
  /** Pages are loaded before they are opened where a site asks for it, as users have it. The quiet browser does not. */
  readonly prerender?: boolean;
  /** The page that the extension opens when it was installed is kept; else it is closed before anything begins. */
  readonly keepSetup?: boolean;
}

export interface WorldBrowser {
  readonly context: BrowserContext;
  readonly profileDir: string;
  /** Empty when the browser has no extension. */
  readonly extensionId: string;
  /** Ends the browser and waits until its profile is written; a profile of its own is removed unless `keepProfile`. */
  close(options?: { readonly keepProfile?: boolean }): Promise<void>;
}

/** Starts a Chromium in which every host name leads to the world server and the browser itself calls nobody. */
export async function launchWorldBrowser(options: WorldBrowserOptions): Promise<WorldBrowser> {
  const executablePath = await findOrInstallChromium();
  const profileDir = options.profileDir ?? mkdtempSync(join(tmpdir(), 'sidelight-profile-'));
  const locale = options.locale ?? 'en-US';
  const isNew = writeProfileSettings(profileDir, {
    ...quietPreferences(locale),
    ...(options.prerender === true ? { net: { network_prediction_options: STANDARD_PRELOADING } } : {}),
    ...options.preferences,
  });
  const context = await chromium.launchPersistentContext(profileDir, {
    executablePath,
    headless: options.headless ?? true,
    chromiumSandbox: process.getuid?.() !== 0, // root may not use the sandbox
    ignoreDefaultArgs: [
      '--disable-extensions',
      '--disable-component-extensions-with-background-pages',
      ...(options.backForwardCache === true ? ['--disable-back-forward-cache'] : []),
    ],
    // On Linux Chromium takes its language from here and not from `--lang`, which the other systems go by.
    env: { ...definedEnvironment(), LANGUAGE: locale.replace('-', '_') },
    args: worldSwitches(options, locale),
    viewport: options.viewport ?? { width: 1280, height: 800 },
    colorScheme: options.colorScheme ?? 'light',
    reducedMotion: options.reducedMotion ?? 'reduce',
    ...(options.deviceScaleFactor === undefined ? {} : { deviceScaleFactor: options.deviceScaleFactor }),
    locale,
    ...(options.timezoneId === undefined ? {} : { timezoneId: options.timezoneId }),
  });
  const extensionId = options.extensionDir === undefined ? '' : await extensionIdOf(context);
  if (options.extensionDir !== undefined && options.keepSetup !== true && isNew && opensSetup(options.extensionDir)) {
    await (await setupPage(context)).close();
  }
  return {
    context,
    profileDir,
    extensionId,
    close: async (closing = {}) => {
      await context.close();
      if (options.profileDir === undefined && closing.keepProfile !== true) {
        rmSync(profileDir, { recursive: true, force: true, maxRetries: 5 });
      }
    },
  };
}

/** The switches of every browser of the world, whoever drives it. */
function worldSwitches({ server, extensionDir, args = [] }: WorldBrowserOptions, locale: string): string[] {
  return [
    `--lang=${locale}`,
    // The browser's own services find nothing but this world, and nothing of this world leaves the machine.
    `--host-resolver-rules=${NOWHERE_RULE},MAP * 127.0.0.1:${server.port},EXCLUDE localhost,EXCLUDE 127.0.0.1`,
    // Not --ignore-certificate-errors: with an error on record Chromium puts nothing into its HTTP cache (measured), and
    // a search for CRM data in there would prove nothing. A trusted key leaves no error.
    `--ignore-certificate-errors-spki-list=${server.spki}`,
    '--enable-unsafe-extension-debugging', // Extensions.triggerAction, which opens the real popup
    ...quietSwitches(),
    ...extensionSwitches(extensionDir),
    ...args,
  ];
}

/**
 * Starts the browser of the world on a profile that has been used, without any developer tools in it: what they change, no
 * test can see with them. `address` is opened; it tells the server what is to be known.
 */
export async function launchUndriven(
  options: WorldBrowserOptions & { profileDir: string },
  address: string,
): Promise<{ close(): Promise<void> }> {
  const switches = [
    ...worldSwitches(options, options.locale ?? 'en-US'),
    `--user-data-dir=${options.profileDir}`,
    '--headless=new',
    '--no-first-run',
    '--password-store=basic',
    '--use-mock-keychain',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), // root may not use the sandbox
  ];
  const child = spawn(await findOrInstallChromium(), [...switches, address], { stdio: 'ignore' });
  const ended = once(child, 'exit');
  return {
    async close() {
      child.kill();
      await ended;
    },
  };
}

function extensionSwitches(dir: string | undefined): string[] {
  // Both: with --load-extension alone Chromium 156 under Playwright starts no extension.
  return dir === undefined ? ['--disable-extensions'] : [`--load-extension=${dir}`, `--disable-extensions-except=${dir}`];
}

/** True for a profile that nobody has used. */
function writeProfileSettings(profileDir: string, preferences: Readonly<Record<string, unknown>>): boolean {
  mkdirSync(join(profileDir, 'Default'), { recursive: true });
  writeOnce(join(profileDir, 'Local State'), QUIET_LOCAL_STATE);
  return writeOnce(join(profileDir, 'Default', 'Preferences'), preferences);
}

function writeOnce(path: string, content: unknown): boolean {
  try {
    writeFileSync(path, JSON.stringify(content), { flag: 'wx' });
    return true;
  } catch (error) {
    // A profile that was used before keeps what the browser wrote into it.
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    return false;
  }
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

async function extensionIdOf(context: BrowserContext): Promise<string> {
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker', { timeout: 15_000 }));
  return new URL(worker.url()).host;
}

const SETUP = 'setup.html';

const opensSetup = (dir: string): boolean => existsSync(join(dir, SETUP));

/** The page that the extension opens once in the life of a profile. */
export function setupPage(context: BrowserContext): Promise<Page> {
  return until(15_000, 'the setup page', () => context.pages().find((page) => page.url().endsWith(`/${SETUP}`)));
}
