import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { ROOT } from '../../architecture/layers.ts';

export const READER_PAGE = 'kill-reader.html';
export const DISK_PAGE = 'tamper-disk.html';

/** The added pages, with the module of each. */
const PAGES = { [READER_PAGE]: 'tests/world/kill/reader-page.ts', [DISK_PAGE]: 'tests/world/tamper/disk-page.ts' };

export interface ExtensionCopy {
  dir: string;
  remove(): void;
}

/** The release build in a folder of its own, with pages that read and change what is on the disk. The worker is untouched. */
export async function extensionWithReader(buildDir: string): Promise<ExtensionCopy> {
  const dir = mkdtempSync(join(tmpdir(), 'sidelight-extension-'));
  cpSync(buildDir, dir, { recursive: true });
  for (const [page, entry] of Object.entries(PAGES)) {
    const fileName = page.replace('.html', '');
    await build({
      configFile: false,
      root: ROOT,
      logLevel: 'error',
      resolve: { alias: { '@': ROOT } },
      build: {
        outDir: join(dir, 'kill'),
        emptyOutDir: false,
        copyPublicDir: false,
        target: 'chrome122',
        modulePreload: false,
        lib: { entry: join(ROOT, entry), formats: ['es'], fileName },
      },
    });
    writeFileSync(
      join(dir, page),
      `<!doctype html><title>${fileName}</title><script type="module" src="/kill/${fileName}.js"></script>`,
    );
  }
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true, maxRetries: 5 }) };
}
