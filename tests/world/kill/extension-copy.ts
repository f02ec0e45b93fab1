import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { ROOT } from '../../architecture/layers.ts';

export const READER_PAGE = 'kill-reader.html';

export interface ExtensionCopy {
  dir: string;
  remove(): void;
}

/** The release build in a folder of its own, with one page more that reads what is on the disk. The worker is untouched. */
export async function extensionWithReader(buildDir: string): Promise<ExtensionCopy> {
  const dir = mkdtempSync(join(tmpdir(), 'sidelight-extension-'));
  cpSync(buildDir, dir, { recursive: true });
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
      lib: { entry: join(ROOT, 'tests/world/kill/reader-page.ts'), formats: ['es'], fileName: 'reader' },
    },
  });
  writeFileSync(
    join(dir, READER_PAGE),
    '<!doctype html><title>Reader</title><script type="module" src="/kill/reader.js"></script>',
  );
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true, maxRetries: 5 }) };
}
