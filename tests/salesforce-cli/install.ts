/** The official Salesforce CLI, installed when it is first needed, in exactly the versions of the lock file beside this one. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = import.meta.dirname;
/** Written last, so that an installation that was cut short does not pass for a whole one. */
const STAMP = join(FOLDER, 'node_modules', '.installed-from-lock');

/** The CLI's program, to be run with Node. */
export const CLI_PROGRAM = join(FOLDER, 'node_modules', '@salesforce', 'cli', 'bin', 'run.js');

/** Called once before all tests. @throws when npm cannot install the CLI, after npm itself has said why */
export function setup(): void {
  const lock = createHash('sha256')
    .update(readFileSync(join(FOLDER, 'package-lock.json')))
    .digest('hex');
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === lock) return;
  console.log('Installing the Salesforce CLI (once, about 300 MB) …');
  // Nobody's install scripts are needed to run it.
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: FOLDER,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error('The Salesforce CLI could not be installed.');
  writeFileSync(STAMP, lock);
}
