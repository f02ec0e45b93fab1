import { spawnSync } from 'node:child_process';
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
  /** 0 when the linter accepts `text` as the file `path`. */
  const lint = (path: string, text: string) =>
    spawnSync('npx', ['biome', 'lint', `--stdin-file-path=${path}`], {
      cwd: ROOT,
      input: text,
      stdio: ['pipe', 'ignore', 'ignore'],
    }).status;

  it.each([
    ['a view that imports the vault', 'components/planted.ts', "import { a } from '@/lib/vault/cipher';\nexport const b = a;\n"],
    [
      'shared code that imports anything',
      'lib/shared/planted.ts',
      "import { a } from '@/lib/matching/site';\nexport const b = a;\n",
    ],
    ['a WebSocket outside egress', 'lib/sync/planted.ts', "export const b = new WebSocket('wss://example.org');\n"],
  ])('catches %s', (_, path, text) => {
    expect(lint(path, text)).toBe(1);
  });

  it('accepts what the direction allows', () => {
    expect(lint('components/planted.ts', "import { a } from '@/lib/messaging/request';\nexport const b = a;\n")).toBe(0);
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
