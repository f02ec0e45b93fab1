import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';

/** How a view reaches the background, and nothing more. */
const MESSAGES = [
  'lib/messaging/request',
  'lib/messaging/protocol',
  'lib/messaging/account-protocol',
  'lib/messaging/basis-protocol',
  'lib/messaging/creation-protocol',
  'lib/messaging/outbox-protocol',
  'lib/messaging/overlay-protocol',
  'lib/messaging/policy-protocol',
  'lib/messaging/privacy-protocol',
  'lib/messaging/rights-protocol',
  'lib/messaging/search-protocol',
  'lib/messaging/site-protocol',
  'lib/messaging/vault-protocol',
];

/** What a connector stands on whose CRM takes a key with every call. */
const BY_KEY = [
  'lib/connectors/connector',
  'lib/connectors/creation-contract',
  'lib/connectors/field-map',
  'lib/connectors/key-client',
  'lib/connectors/pull-plan',
  'lib/egress',
  'lib/crm',
  'lib/shared',
];

/**
 * The dependency direction of docs/architecture.md as a table: a folder may import what stands behind it and itself,
 * nothing else. The longest matching folder counts.
 */
const LAYERS: Record<string, readonly string[]> = {
  'entrypoints/background': ['lib'],
  'entrypoints/overlay': ['lib/overlay', 'lib/messaging/request', 'lib/messaging/overlay-protocol', 'lib/shared'],
  'entrypoints/overlay-tab': ['lib/overlay', 'lib/messaging/request', 'lib/messaging/overlay-protocol', 'lib/shared'],
  'entrypoints/sidebar': ['components', ...MESSAGES, 'lib/shared'],
  'entrypoints/sidepanel': ['components', ...MESSAGES, 'lib/shared'],
  'entrypoints/popup': ['components', ...MESSAGES, 'lib/shared'],
  'entrypoints/options': ['components', ...MESSAGES, 'lib/browser/site-access', 'lib/privacy/inventory', 'lib/shared'],
  'entrypoints/setup': ['components', ...MESSAGES, 'lib/browser/site-access', 'lib/shared'],
  components: [...MESSAGES, 'lib/shared', 'lib/prefill', 'type:lib/crm', 'type:lib/connectors/creation-contract'],
  'lib/privacy': ['lib/storage', 'lib/vault', 'lib/crm', 'lib/shared'],
  'lib/creation': [
    'lib/connectors/connector',
    'lib/connectors/creation-contract',
    'lib/storage',
    'lib/privacy',
    'lib/crm',
    'lib/shared',
  ],
  'lib/prefill': ['type:lib/connectors/creation-contract', 'lib/shared'],
  'lib/sync': ['lib/storage', 'lib/connectors/connector', 'lib/crm', 'lib/shared'],
  'lib/storage': ['lib/vault', 'lib/crm', 'lib/shared'],
  'lib/vault': ['lib/browser', 'lib/shared'],
  'lib/settings': ['lib/browser', 'lib/crm', 'lib/shared'],
  'lib/connectors': ['lib/egress', 'lib/crm', 'lib/shared'],
  'lib/connectors/salesforce': [
    'lib/connectors/connector',
    'lib/connectors/creation-contract',
    'lib/connectors/oauth',
    'lib/connectors/csv',
    'lib/connectors/patience',
    'lib/egress',
    'lib/crm',
    'lib/shared',
  ],
  'lib/connectors/espocrm': [...BY_KEY],
  'lib/connectors/hubspot': [...BY_KEY],
  'lib/connectors/sample': ['lib/connectors/connector', 'lib/connectors/creation-contract', 'lib/crm', 'lib/shared'],
  'lib/matching': ['lib/crm', 'type:lib/storage', 'lib/shared'],
  'lib/search': ['lib/matching', 'lib/crm', 'type:lib/storage', 'lib/shared'],
  'lib/egress': ['lib/browser', 'lib/shared'],
  'lib/messaging': ['type:lib/prefill', 'lib/browser', 'lib/shared', 'type:lib/crm', 'lib/connectors/creation-contract'],
  'lib/overlay': ['lib/browser', 'lib/shared'],
  'lib/browser': ['lib/shared', 'type:lib/messaging/protocol', 'type:lib/messaging/overlay-protocol'],
  'lib/crm': ['lib/shared'],
  'lib/shared': [],
};

/** Packages that only some folders may use. Everything else from npm is free. */
const PACKAGES: Record<string, readonly string[]> = {
  'wxt/browser': ['lib/browser', 'entrypoints'],
  'webextension-polyfill': ['lib/browser'],
  dexie: ['lib/storage'],
  jsforce: ['lib/connectors/salesforce'],
  oauth4webapi: ['lib/connectors'],
  tldts: ['lib/matching'],
  react: ['components', 'entrypoints'],
};

export interface SourceFile {
  /** Path from the project's root with forward slashes. */
  path: string;
  text: string;
}

interface Import {
  specifier: string;
  typeOnly: boolean;
}

const IMPORT = /^\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/gm;

/** The imports of a file, static and dynamic. A list in which each name is marked `type` is type-only too. */
function importsOf(text: string): Import[] {
  return [...text.matchAll(IMPORT)].map(([whole, marker, from, dynamic]) => {
    const named = /\{([^}]*)\}/.exec(whole)?.[1];
    const allTypes = named?.split(',').every((name) => name.trim() === '' || name.trim().startsWith('type '));
    return { specifier: from ?? dynamic ?? '', typeOnly: marker !== undefined || allTypes === true };
  });
}

const inside = (path: string, folder: string) =>
  path === folder || path.startsWith(`${folder}/`) || path.startsWith(`${folder}.`);

function layerOf(path: string): string | undefined {
  return Object.keys(LAYERS)
    .filter((layer) => inside(path, layer))
    .sort((a, b) => b.length - a.length)[0];
}

function target(path: string, specifier: string): string | null {
  if (specifier.startsWith('@/')) return specifier.slice(2);
  if (specifier.startsWith('.')) return posix.normalize(posix.join(posix.dirname(path), specifier));
  return null;
}

function fault(path: string, layer: string, { specifier, typeOnly }: Import): string | null {
  const local = target(path, specifier);
  if (local === null) {
    const name = Object.keys(PACKAGES).find((known) => inside(specifier, known));
    const allowed = name === undefined || PACKAGES[name]?.some((folder) => inside(path, folder));
    return allowed || typeOnly ? null : `${path} may not import the package ${specifier}`;
  }
  if (layerOf(local) === layer || inside(local, layer)) return null;
  const allowed = (LAYERS[layer] ?? []).some((entry) =>
    entry.startsWith('type:') ? typeOnly && inside(local, entry.slice(5)) : inside(local, entry),
  );
  return allowed ? null : `${path} may not import ${specifier}`;
}

/** What breaks the dependency direction, one sentence each. */
export function violations(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ path, text }) => {
    const layer = layerOf(path);
    if (layer === undefined) return [`${path} lies in no folder of the layout`];
    return importsOf(text).flatMap((one) => fault(path, layer, one) ?? []);
  });
}

/** The project's own source: lib/, components/ and entrypoints/. */
export function sourceFiles(root: string): SourceFile[] {
  return ['lib', 'components', 'entrypoints'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => !path.endsWith('resolve-plugin.ts'))
      .map((path) => ({ path: relative(root, path).replaceAll('\\', '/'), text: readFileSync(path, 'utf8') })),
  );
}

/** The project's root folder. */
export const ROOT = dirname(dirname(import.meta.dirname));
