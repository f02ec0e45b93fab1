import { accessSync, constants, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where Chromium on Linux looks for what an administrator has set for every profile (chromium.org, Linux quick start). */
const FOLDER = '/etc/chromium/policies/managed';

/** An administrator of this machine, who sets values for one extension. */
export interface Administrator {
  set(values: Record<string, unknown>): void;
  /** Takes the file away, so that no other browser of this machine hears of it. */
  clear(): void;
}

/** Null where this process may not write there, or somebody else's policies are in force: a test must not meddle with those. */
export function administrator(extensionId: string): Administrator | null {
  if (process.platform !== 'linux' || !mayWrite()) return null;
  const file = join(FOLDER, `sidelight-test-${extensionId}.json`);
  return {
    set(values) {
      mkdirSync(FOLDER, { recursive: true });
      writeFileSync(file, JSON.stringify({ '3rdparty': { extensions: { [extensionId]: values } } }));
    },
    clear: () => rmSync(file, { force: true }),
  };
}

function mayWrite(): boolean {
  let folder = FOLDER;
  while (!existsSync(folder)) folder = dirname(folder);
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
