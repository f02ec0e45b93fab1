import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT, sourceFiles, violations } from './layers';

const planted = (path: string, text: string) => violations([{ path, text }]);

describe('the dependency direction', () => {
  it('holds in every source file', () => {
    const files = sourceFiles(ROOT);
    expect(files.length).toBeGreaterThan(60);
    expect(violations(files)).toEqual([]);
  });

  it.each([
    ['a lower layer that imports a higher one', 'lib/crm/planted.ts', "import { runSync } from '@/lib/sync/engine';"],
    ['a view that reads the database', 'components/account/Planted.tsx', "import { Dexie } from 'dexie';"],
    ['a view that imports the vault', 'components/account/Planted.tsx', "import { createCipher } from '@/lib/vault/cipher';"],
    ['the content script with zod', 'entrypoints/overlay/planted.ts', "import { wireMessage } from '@/lib/messaging/schemas';"],
    [
      'one connector that imports the engine',
      'lib/connectors/salesforce/planted.ts',
      "import { runSync } from '../../sync/engine';",
    ],
    [
      'a value where only a type is allowed',
      'lib/matching/planted.ts',
      "import { createRecordStore } from '@/lib/storage/record-store';",
    ],
    ['a dynamic import', 'lib/shared/planted.ts', "const later = import('@/lib/browser/tabs');"],
    ['a file outside the layout', 'lib/helpers/planted.ts', ''],
  ])('catches %s', (_, path, text) => {
    expect(planted(path, text)).toHaveLength(1);
  });

  it('allows a type where only a type is allowed', () => {
    expect(planted('lib/matching/planted.ts', "import type { RecordStore } from '@/lib/storage/record-store';")).toEqual([]);
  });
});

describe('the linter', () => {
  /** What the linter says about `text` as a file in `folder`: the file is really there while it looks. */
  function lint(folder: string, text: string): string {
    const path = join(folder, 'planted-by-the-architecture-test.ts');
    writeFileSync(join(ROOT, path), text);
    try {
      return spawnSync('npx', ['biome', 'lint', '--reporter=github', path], { cwd: ROOT, encoding: 'utf8' }).stdout;
    } finally {
      rmSync(join(ROOT, path));
    }
  }

  it.each([
    [
      'a view that imports the vault',
      'components',
      "import { a } from '@/lib/vault/cipher';\nexport const b = a;\n",
      'noRestrictedImports',
    ],
    [
      'shared code that imports anything',
      'lib/shared',
      "import { a } from '@/lib/matching/site';\nexport const b = a;\n",
      'noRestrictedImports',
    ],
    ['a WebSocket outside egress', 'lib/sync', "export const b = new WebSocket('wss://example.org');\n", 'noRestrictedGlobals'],
  ])('catches %s', (_, folder, text, rule) => {
    expect(lint(folder, text)).toContain(rule);
  });

  it('accepts what the direction allows', () => {
    expect(lint('components', "import { a } from '@/lib/messaging/request';\nexport const b = a;\n")).not.toContain(
      'noRestricted',
    );
  });
});

describe('calls to the network', () => {
  it('are made in lib/egress alone', () => {
    const callers = sourceFiles(ROOT).filter(({ text }) =>
      /\bfetch\(|XMLHttpRequest|sendBeacon|new WebSocket|new EventSource/.test(text),
    );
    expect(callers.map(({ path }) => path)).toEqual(['lib/egress/egress.ts']);
  });
});
