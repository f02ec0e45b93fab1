import { generateKeyPairSync } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A copy of a built extension under an id of its own: what an administrator sets for that id reaches no other browser of this
 * machine, which may run another test of the same extension. @returns its folder, for the caller to remove
 */
export function withOwnIdentity(extensionDir: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'sidelight-extension-'));
  cpSync(extensionDir, folder, { recursive: true });
  const path = join(folder, 'manifest.json');
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), key }));
  return folder;
}
