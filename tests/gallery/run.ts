/**
 * `npm run gallery`: every state of every view in a browser window.
 *   -- --update [PART]         takes the kept pictures anew, of the states whose names have PART in them
 *   -- --shoot FOLDER [PART [LANGUAGE]]   large pictures to look at, and what does not fit
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { createServer } from 'vite';
import { ROOT } from '../architecture/layers.ts';
import { shootStates } from './shoot.ts';

const here = (file: string) => join(ROOT, 'tests', 'gallery', file);
const [command, first, second, third] = process.argv.slice(2);

if (command === '--update') {
  const playwright = join(ROOT, 'node_modules', '@playwright', 'test', 'cli.js');
  const which = first === undefined ? [] : ['--grep', first];
  const run = ['test', '--config', here('playwright.config.ts'), '--update-snapshots=all', ...which];
  process.exitCode = spawnSync(process.execPath, [playwright, ...run], { stdio: 'inherit' }).status ?? 1;
} else if (command === '--shoot') {
  const faults = await shootStates(first ?? 'gallery-shots', second ?? '', third);
  console.log(faults.length === 0 ? 'Everything fits.' : faults.join('\n'));
} else {
  const server = await createServer({ configFile: here('vite.config.ts') });
  await server.listen();
  server.printUrls();
}
