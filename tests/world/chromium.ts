import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { chromium } from '@playwright/test';

/**
 * Where Chromium stands when it came from the system's own packages.
 *
 * Debian's /usr/bin/chromium is a shell wrapper that adds flags of its own, an empty `--load-extension=` among them, so
 * the binary behind it comes first. Branded Google Chrome refuses `--load-extension` since version 137 and is therefore
 * no candidate: it would start and load nothing.
 */
const INSTALLED: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  linux: [
    '/usr/lib/chromium/chromium',
    '/usr/lib/chromium-browser/chromium-browser',
    '/usr/lib64/chromium-browser/chromium-browser',
    '/usr/lib/chromium-browser/chrome',
    '/opt/chromium/chrome',
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/snap/bin/chromium',
  ],
  darwin: [
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
    '/opt/homebrew/bin/chromium',
  ],
  win32: [
    join(process.env.LOCALAPPDATA ?? 'C:\\', 'Chromium\\Application\\chrome.exe'),
    'C:\\Program Files\\Chromium\\Application\\chrome.exe',
  ],
};

export interface ChromiumSearch {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly platform?: NodeJS.Platform;
  /** Says whether a program can be started; the file system answers unless a test does. */
  readonly exists?: (path: string) => boolean;
  /** Playwright's own browser, installed or not. */
  readonly playwrightPath?: string;
}

/** The Chromium that is there already: the one named by SIDELIGHT_CHROMIUM, the system's, or Playwright's. */
export function findChromium(search: ChromiumSearch = {}): string | undefined {
  const exists = search.exists ?? isProgram;
  const named = (search.env ?? process.env).SIDELIGHT_CHROMIUM;
  if (named !== undefined && named !== '') {
    if (exists(named)) return named;
    throw new Error(`SIDELIGHT_CHROMIUM names ${named}, which is not a program that can be started.`);
  }
  const candidates = [...(INSTALLED[search.platform ?? process.platform] ?? []), search.playwrightPath ?? playwrightBrowser()];
  return candidates.find((path) => path !== '' && exists(path));
}

/** Finds a Chromium that loads unpacked extensions; installs one when there is none, and says what it installs. */
export async function findOrInstallChromium(): Promise<string> {
  const found = findChromium();
  if (found !== undefined) return found;
  if (process.getuid?.() === 0 && onPath('apt-get')) {
    console.log('No Chromium found. Installing the "chromium" package of this system with apt-get …');
    run('apt-get', ['update']);
    run('apt-get', ['install', '-y', 'chromium']);
  } else {
    console.log('No Chromium found. Downloading the one Playwright uses with "playwright install chromium" …');
    run(process.execPath, [playwrightCli(), 'install', 'chromium']);
  }
  const installed = findChromium();
  if (installed !== undefined) {
    console.log(`Installed ${installed}`);
    return installed;
  }
  throw new Error(
    'No Chromium was found and none could be installed: install Chromium yourself (branded Chrome does not load ' +
      'unpacked extensions) and set SIDELIGHT_CHROMIUM to its path.',
  );
}

function run(program: string, args: readonly string[]): void {
  const result = spawnSync(program, args, { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  if (result.status !== 0) console.log(`${program} ${args.join(' ')} did not succeed.`);
}

function playwrightCli(): string {
  return join(dirname(createRequire(import.meta.url).resolve('@playwright/test/package.json')), 'cli.js');
}

function playwrightBrowser(): string {
  try {
    return chromium.executablePath();
  } catch {
    return ''; // Playwright has no browser for this system
  }
}

function onPath(program: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)));
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
