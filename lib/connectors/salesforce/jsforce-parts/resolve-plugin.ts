import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

/**
 * jsforce for a service worker: its Connection and HttpApi as published, with the parts that we never call replaced by
 * `stubs/`: of a Connection, only `request` is called. Unreplaced it adds 430 KB (SOAP, CSV, XML, streams, queries, CLI
 * registry) and needs Node shims.
 * Calls leave through our own transport (../transport.ts), so its HTTP layer goes too.
 */
const STUBS: Record<string, string> = {
  './jsforce': 'jsforce',
  './transport': 'transport',
  './oauth2': 'oauth2',
  './csv': 'csv',
  './query': 'query',
  './sobject': 'query',
  './quick-action': 'query',
  './process': 'process',
  './cache': 'cache',
  events: 'events',
  './util/stream': 'lazy-stream',
  './util/get-body-size': 'body-size',
  xml2js: 'xml2js',
  'form-data': 'form-data',
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
