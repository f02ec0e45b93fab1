import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where Firefox stands on each system. An ESR comes first: it is what companies run, and it changes least between test runs. */
const INSTALLED: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  linux: [
    '/usr/lib/firefox-esr/firefox-esr',
    '/usr/bin/firefox-esr',
    '/usr/lib/firefox/firefox',
    '/usr/lib64/firefox/firefox',
    '/opt/firefox/firefox',
    '/usr/bin/firefox',
  ],
  darwin: ['/Applications/Firefox.app/Contents/MacOS/firefox'],
  win32: ['C:\\Program Files\\Mozilla Firefox\\firefox.exe'],
};

export interface FirefoxSearch {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly platform?: NodeJS.Platform;
  /** Says whether a program can be started; the file system answers unless a test does. */
  readonly exists?: (path: string) => boolean;
}

/** The Firefox that is there already: the one named by SIDELIGHT_FIREFOX, or the system's. */
export function findFirefox(search: FirefoxSearch = {}): string | undefined {
  const exists = search.exists ?? isProgram;
  const named = (search.env ?? process.env).SIDELIGHT_FIREFOX;
  if (named !== undefined && named !== '') {
    if (exists(named)) return named;
    throw new Error(`SIDELIGHT_FIREFOX names ${named}, which is not a program that can be started.`);
  }
  return (INSTALLED[search.platform ?? process.platform] ?? []).find(exists);
}

/** Finds a Firefox; installs one where the system's packages have it, and says so. */
export function findOrInstallFirefox(): string {
  const found = findFirefox();
  if (found !== undefined) return found;
  if (process.getuid?.() === 0 && onPath('apt-get')) {
    console.log('No Firefox found. Installing the "firefox-esr" package of this system with apt-get …');
    run('apt-get', ['update']);
    run('apt-get', ['install', '-y', 'firefox-esr']);
  }
  const installed = findFirefox();
  if (installed !== undefined) {
    console.log(`Installed ${installed}`);
    return installed;
  }
  throw new Error(
    'No Firefox was found and none could be installed: install Firefox yourself and set SIDELIGHT_FIREFOX to its path.',
  );
}

function run(program: string, args: readonly string[]): void {
  const result = spawnSync(program, args, { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  if (result.status !== 0) console.log(`${program} ${args.join(' ')} did not succeed.`);
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
