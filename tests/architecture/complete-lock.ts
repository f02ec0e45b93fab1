import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './layers.ts';

/**
 * `npm run lock`, after a change of dependencies: npm leaves a package that is for other platforms out of the lock file when
 * the registry in use does not have it, and then refuses its own file in `npm ci`. This names them again, so that the one
 * lock file serves every platform; npm skips those that are not for the machine it runs on.
 */
interface LockedPackage {
  version?: string;
  optionalDependencies?: Record<string, string>;
  [field: string]: unknown;
}

const PLATFORMS = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const CPUS: [RegExp, string][] = [
  [/wasm32/, 'wasm32'],
  [/arm64/, 'arm64'],
  [/x64/, 'x64'],
  [/ia32/, 'ia32'],
  [/riscv64/, 'riscv64'],
  [/s390x/, 's390x'],
  [/ppc64/, 'ppc64'],
  [/arm/, 'arm'],
];

const path = join(ROOT, 'package-lock.json');
const lock = JSON.parse(readFileSync(path, 'utf8')) as { packages: Record<string, LockedPackage> };
let added = 0;
for (const owner of Object.values({ ...lock.packages })) {
  for (const [name, version] of Object.entries(owner.optionalDependencies ?? {})) {
    const key = `node_modules/${name}`;
    if (lock.packages[key] || !/^\d/.test(version)) continue;
    const os = PLATFORMS.filter((platform) => name.includes(platform));
    const cpu = CPUS.find(([pattern]) => pattern.test(name))?.[1];
    if (os.length === 0 && cpu !== 'wasm32') continue;
    lock.packages[key] = { version, ...(cpu ? { cpu: [cpu] } : {}), dev: true, optional: true, ...(os.length > 0 ? { os } : {}) };
    if (/musl/.test(name)) lock.packages[key].libc = ['musl'];
    added += 1;
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${added} packages of other platforms named in package-lock.json`);
