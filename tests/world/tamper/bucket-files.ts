import { readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Random } from '../../sandbox-crm/seed/random.ts';

/**
 * The files in which Chromium keeps the storage bucket of a connection, and what a failing disk, a crash or an over-eager cleaner
 * does to them. Only for a profile that no browser has open.
 */
const webStorage = (profileDir: string) => join(profileDir, 'Default', 'WebStorage');

/** LevelDB's files of all buckets, by what they are (`CURRENT`, `MANIFEST`, `ldb`, `log`). */
function filesOf(profileDir: string, kind: FileKind): string[] {
  const isOf = (name: string) =>
    kind === 'CURRENT' ? name === kind : kind === 'MANIFEST' ? name.startsWith(kind) : name.endsWith(`.${kind}`);
  return readdirSync(webStorage(profileDir), { recursive: true, encoding: 'utf8' })
    .filter((path) => /indexeddb\.leveldb/.test(path) && isOf(basename(path)))
    .map((path) => join(webStorage(profileDir), path));
}

type FileKind = 'CURRENT' | 'MANIFEST' | 'ldb' | 'log';

export type Damage =
  | { kind: 'overwritten' | 'truncated' | 'emptied' | 'removed' | 'a byte flipped'; files: FileKind }
  /** The bucket's folder, which the browser's own list of buckets still names. */
  | { kind: 'folder removed' }
  /** Folder and list: the browser has never heard of the bucket. */
  | { kind: 'evicted' };

/** Does it. @throws Error when there is no such file, since then nothing would be tested */
export function damageBucket(profileDir: string, damage: Damage, random: Random): void {
  if (damage.kind === 'evicted') {
    rmSync(webStorage(profileDir), { recursive: true });
    return;
  }
  if (damage.kind === 'folder removed') {
    const folders = readdirSync(webStorage(profileDir), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    if (folders.length === 0) throw new Error('there is no folder of a bucket');
    for (const { name } of folders) rmSync(join(webStorage(profileDir), name), { recursive: true });
    return;
  }
  const files = filesOf(profileDir, damage.files);
  if (files.length === 0) throw new Error(`there is no ${damage.files}`);
  for (const path of files) {
    const bytes = readFileSync(path);
    if (damage.kind === 'removed') rmSync(path);
    else if (damage.kind === 'emptied') truncateSync(path, 0);
    else if (damage.kind === 'truncated') truncateSync(path, Math.floor(bytes.length / 2));
    else if (damage.kind === 'overwritten')
      writeFileSync(
        path,
        bytes.map(() => random.between(0, 255)),
      );
    else {
      const at = random.between(0, bytes.length - 1);
      writeFileSync(
        path,
        bytes.map((byte, index) => (index === at ? byte ^ 0xff : byte)),
      );
    }
  }
}
