/** Runs the official Salesforce CLI as a person would, with a home of its own and nobody to reach but this machine. */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CLI_PROGRAM } from './install.ts';

/** The Node the project itself depends on, whichever one runs this test. */
const NODE_BIN = join(dirname(createRequire(import.meta.url).resolve('node/package.json')), 'bin');
export const NODE = join(NODE_BIN, process.platform === 'win32' ? 'node.exe' : 'node');

interface CliRun {
  code: number;
  stdout: string;
  stderr: string;
}

interface Timing {
  command: string;
  seconds: number;
  code: number;
}

export interface Cli {
  /** Files the CLI writes go here. */
  readonly home: string;
  readonly timings: readonly Timing[];
  run(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<CliRun>;
  /** Runs with `--json` and gives what the CLI answered, whether it succeeded or not. */
  json(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<CliAnswer>;
  /** Everybody its programs wanted to reach so far, as `host:port`, each once. */
  contacts(): string[];
  close(): void;
}

/** The CLI's own words in `--json`. */
export interface CliAnswer {
  status?: number;
  exitCode?: number;
  result?: unknown;
  name?: string;
  message?: string;
}

/** The environment in which a Node program, and all it starts, is watched by network-guard.ts. @param contacts what it fills */
export const guardedBy = (contacts: string) => ({
  NODE_OPTIONS: `--import=${new URL('./network-guard.ts', import.meta.url).href}`,
  CONTACTS_FILE: contacts,
});

export function createCli(): Cli {
  const home = mkdtempSync(join(tmpdir(), 'salesforce-cli-'));
  const contactsFile = join(home, 'contacts.txt');
  const browsers = join(home, 'browsers');
  addBrowser(browsers);
  const timings: Timing[] = [];
  const env = {
    ...(process.env.SYSTEMROOT ? { SYSTEMROOT: process.env.SYSTEMROOT } : {}),
    PATH: [browsers, NODE_BIN, process.env.PATH].join(delimiter),
    HOME: home,
    USERPROFILE: home,
    TMPDIR: home,
    LOCALAPPDATA: home,
    NO_COLOR: '1',
    ...guardedBy(contactsFile),
    SF_DISABLE_TELEMETRY: 'true',
    SF_AUTOUPDATE_DISABLE: 'true',
    // The switch its updater really looks at.
    SF_DISABLE_AUTOUPDATE: 'true',
    SF_SKIP_NEW_VERSION_CHECK: 'true',
    SF_HIDE_RELEASE_NOTES: 'true',
    SF_DISABLE_LOG_FILE: 'true',
    SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
    SF_WEB_OAUTH_SERVER_TIMEOUT: '60000',
    // Otherwise it waits up to four minutes for the names of the org's web pages to appear.
    SF_DOMAIN_RETRY: '0',
  };

  const run: Cli['run'] = (args, more = {}) =>
    new Promise((resolve) => {
      const start = performance.now();
      const options = { cwd: home, env: { ...env, ...more }, maxBuffer: 2 ** 29 };
      execFile(NODE, ['--no-deprecation', CLI_PROGRAM, ...args], options, (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
        timings.push({ command: args.join(' '), seconds: (performance.now() - start) / 1000, code });
        resolve({ code, stdout, stderr });
      });
    });

  return {
    home,
    timings,
    run,
    json: async (args, more) => {
      const { stdout, stderr } = await run([...args, '--json'], more);
      try {
        return JSON.parse(stdout) as CliAnswer;
      } catch {
        throw new Error(`sf ${args.join(' ')} answered no JSON: ${stdout.slice(0, 500)} ${stderr.slice(0, 500)}`);
      }
    },
    contacts: () => (existsSync(contactsFile) ? [...new Set(readFileSync(contactsFile, 'utf8').trim().split('\n'))].sort() : []),
    close: () => rmSync(home, { recursive: true, force: true }),
  };
}

/** Puts a `google-chrome` where the CLI looks for one. As with a browser that is already open, the command is over at once. */
function addBrowser(folder: string): void {
  mkdirSync(folder);
  const script = fileURLToPath(new URL('./fake-browser.ts', import.meta.url));
  writeFileSync(join(folder, 'google-chrome'), `#!/bin/sh\n'${NODE}' '${script}' "$@" >/dev/null 2>&1 &\n`, {
    mode: 0o755,
  });
}
