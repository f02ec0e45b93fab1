import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'vite';
import { ROOT } from '../../architecture/layers.ts';
import { buildExtension } from '../sync/extension-build.ts';
import { timeAnswers, timeQuestions } from './worker-times.ts';

export const COPY_PAGE = 'bench-copy.html';

export interface TimedExtension {
  dir: string;
  remove(): void;
}

/**
 * Puts the clocks in: around the worker's listener, and around the question in the pages. The worker's script stands unchanged
 * between two pieces of ours, in one file: the page policy of an extension lets no script import another by its name.
 */
function addClocks(dir: string, manifest: Record<string, unknown>, workerScript: string, pageScripts: readonly object[]): void {
  const script = readFileSync(join(dir, workerScript), 'utf8');
  writeFileSync(join(dir, 'bench-worker.js'), `(${timeAnswers})();\n${script}\nsidelightScriptsRan();\n`);
  writeFileSync(join(dir, 'bench-questions.js'), `(${timeQuestions})();\n`);
  const clock = { matches: ['https://*/*'], js: ['bench-questions.js'], run_at: 'document_start' };
  const background = { service_worker: 'bench-worker.js' };
  const timed = { ...manifest, background, content_scripts: [clock, ...pageScripts] };
  writeFileSync(join(dir, 'manifest.json'), JSON.stringify(timed));
}

/** The release build with clocks, and with a page that opens the copy by the product's own storage code. */
export async function timedSidelight(): Promise<TimedExtension> {
  const dir = buildExtension(false);
  await build({
    configFile: false,
    root: ROOT,
    logLevel: 'error',
    resolve: { alias: { '@': ROOT } },
    build: {
      outDir: join(dir, 'bench'),
      copyPublicDir: false,
      target: 'chrome122',
      modulePreload: false,
      lib: { entry: join(ROOT, 'tests/bench/match/copy-page.ts'), formats: ['es'], fileName: 'copy-page' },
    },
  });
  writeFileSync(
    join(dir, COPY_PAGE),
    '<!doctype html><title>copy</title><script type="module" src="/bench/copy-page.js"></script>',
  );
  addClocks(dir, JSON.parse(readFileSync(join(dir, 'manifest.json'), 'utf8')), 'background.js', []);
  return { dir, remove: () => rmSync(dirname(dir), { recursive: true, force: true }) };
}

/** What no extension can be faster than: a worker with one listener that answers at once, and a script in pages that asks it. */
export function emptyExtension(): TimedExtension {
  const dir = join(mkdtempSync(join(tmpdir(), 'sidelight-empty-')), 'extension');
  mkdirSync(dir);
  writeFileSync(
    join(dir, 'background.js'),
    'chrome.runtime.onMessage.addListener((message, sender, respond) => void respond({ ok: true, value: null }));\n',
  );
  writeFileSync(join(dir, 'ask.js'), 'void chrome.runtime.sendMessage({});\n');
  addClocks(dir, { manifest_version: 3, name: 'Empty', version: '1' }, 'background.js', [
    { matches: ['https://*/*'], js: ['ask.js'], run_at: 'document_idle' },
  ]);
  return { dir, remove: () => rmSync(dirname(dir), { recursive: true, force: true }) };
}
