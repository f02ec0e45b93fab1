import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

/**
 * jsforce's HttpApi as published, for a service worker, with what it never calls here replaced by `stubs/`. jsforce as a whole adds
 * 850 KB and needs Node shims. Calls leave through our own transport (../transport.ts).
 */
const STUBS: Record<string, string> = {
  './csv': 'csv',
  events: 'events',
  './util/stream': 'lazy-stream',
  './util/get-body-size': 'body-size',
  xml2js: 'xml2js',
  stream: 'stream',
};

export function jsforceParts(): Plugin {
  return {
    name: 'sidelight:jsforce-parts',
    enforce: 'pre',
    resolveId(source, importer) {
      if (!importer?.includes('/node_modules/jsforce/lib/')) return null;
      const stub = STUBS[source.replace(/^\.\.\/(?=util\/)/, './')];
      return stub ? fileURLToPath(new URL(`./stubs/${stub}.cjs`, import.meta.url)) : null;
    },
  };
}
