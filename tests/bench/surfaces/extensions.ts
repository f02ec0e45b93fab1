import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildExtension } from '../sync/extension-build.ts';
import { clockPaints } from './paint-clock.ts';

const CLOCK = 'bench-paints.js';

export interface MeasuredExtension {
  dir: string;
  remove(): void;
}

const removable = (dir: string): MeasuredExtension => ({
  dir,
  remove: () => rmSync(dirname(dir), { recursive: true, force: true }),
});

function addClock(dir: string, page: string, markup: string): void {
  writeFileSync(join(dir, CLOCK), `(${clockPaints})();\n`);
  writeFileSync(join(dir, page), markup.replace('<head>', `<head><script src="/${CLOCK}"></script>`));
}

/** The release build, whose views tell when they were painted. */
export function clockedSidelight(): MeasuredExtension {
  const dir = buildExtension(false);
  for (const page of ['popup.html', 'sidebar.html']) addClock(dir, page, readFileSync(join(dir, page), 'utf8'));
  return removable(dir);
}

/** What no extension can be faster than: a popup of one line, a script in every page that asks a worker, and its answer. */
export function emptyExtension(): MeasuredExtension {
  const dir = join(mkdtempSync(join(tmpdir(), 'sidelight-empty-')), 'extension');
  mkdirSync(dir);
  writeFileSync(
    join(dir, 'background.js'),
    'chrome.runtime.onMessage.addListener((message, sender, respond) => void respond({ ok: true, value: null }));\n',
  );
  writeFileSync(join(dir, 'ask.js'), 'void chrome.runtime.sendMessage({});\n');
  addClock(
    dir,
    'popup.html',
    '<!doctype html><html><head></head><body style="width:400px"><main><h1>Empty</h1></main></body></html>',
  );
  const manifest = {
    manifest_version: 3,
    name: 'Empty',
    version: '1',
    action: { default_popup: 'popup.html' },
    background: { service_worker: 'background.js' },
    content_scripts: [{ matches: ['https://*/*'], js: ['ask.js'], run_at: 'document_idle' }],
  };
  writeFileSync(join(dir, 'manifest.json'), JSON.stringify(manifest));
  return removable(dir);
}
