import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const BUILDER = fileURLToPath(new URL('./build-process.ts', import.meta.url));

/**
 * Builds the extension as it is released into a folder of its own, so that nobody else's build is measured or disturbed, and
 * in a process of its own, since a build leaves its mark on the environment.
 * @param readable keeps the names of functions, for a profile
 * @returns the folder to load
 * @throws with what the build has printed
 */
export function buildExtension(readable: boolean): string {
  const outDir = mkdtempSync(join(tmpdir(), 'sidelight-bench-'));
  execFileSync(process.execPath, [BUILDER, outDir, ...(readable ? ['readable'] : [])], { stdio: 'pipe' });
  return join(outDir, 'chrome-mv3');
}
