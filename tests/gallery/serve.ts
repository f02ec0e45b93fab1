import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, preview } from 'vite';

export interface ServedGallery {
  base: string;
  close(): Promise<void>;
}

/** Builds the gallery for release into a folder of its own, and serves it on a free port. */
export async function serveGallery(): Promise<ServedGallery> {
  const outDir = mkdtempSync(join(tmpdir(), 'sidelight-gallery-'));
  const configFile = fileURLToPath(new URL('vite.config.ts', import.meta.url));
  const config = { configFile, logLevel: 'error' as const, build: { outDir, emptyOutDir: true } };
  await build(config);
  const server = await preview({ ...config, preview: { port: 0 } });
  return {
    base: server.resolvedUrls?.local[0] ?? '',
    async close() {
      await server.close();
      rmSync(outDir, { recursive: true });
    },
  };
}
