import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../world/within.ts';
import { connect, openScene, type Scene } from './scene.ts';

/**
 * Somebody with write access to the profile changes what lies in the database of a connection. The whole table of cases runs in
 * Chromium (tests/e2e/tamper.spec.ts); here are those that depend on how Firefox stores: each is refused by a typed error and
 * heals by the next sync.
 */
type Change =
  | { kind: 'flip'; table?: number; box?: string; at: number }
  | { kind: 'cut'; table: number; keep: number }
  | { kind: 'replace'; table: number }
  | { kind: 'delete'; table?: number; box?: string }
  | { kind: 'swap'; table: number; with: number };

const ACCOUNT = 2;
const CONTACT = 3;
const DOMAIN = 7;
/** Offsets of the envelope's parts; negative ones count from the end. */
const PARTS = { version: 0, generation: 2, nonce: 7, ciphertext: 40, tag: -1 } as const;

const CASES: [name: string, change: Change][] = [
  ...Object.entries(PARTS).map(([part, at]): [string, Change] => [
    `a bit of the ${part} of a contact cell`,
    { kind: 'flip', table: CONTACT, at },
  ]),
  ['a bit of the ciphertext of the manifest', { kind: 'flip', box: 'manifest', at: PARTS.ciphertext }],
  ['an account cell cut in half', { kind: 'cut', table: ACCOUNT, keep: 100 }],
  ['an account cell cut to nothing', { kind: 'cut', table: ACCOUNT, keep: 0 }],
  ['a number in the place of a cell', { kind: 'replace', table: CONTACT }],
  ['a cell of the domain index taken away', { kind: 'delete', table: DOMAIN }],
  ['the manifest taken away', { kind: 'delete', box: 'manifest' }],
  ['a contact cell and an account cell exchanged', { kind: 'swap', table: CONTACT, with: ACCOUNT }],
];

let scene: Scene;
let options: Page;
let expected: Record<string, number>;

beforeAll(async () => {
  scene = await openScene({ sandbox: { accounts: 1200 } });
  options = await connect(scene);
  expected = await counts();
  expect(expected.contact).toBeGreaterThan(1000);
});
afterAll(async () => {
  await scene?.close();
});

interface Told {
  state: string;
  counts: Record<string, number>;
  sync: { running: unknown; lastSuccessAt: string | null; lastError: { code: string } | null };
}

async function told(): Promise<Told> {
  const reply = await options.evaluate(() => chrome.runtime.sendMessage({ sidelight: 1, name: 'connections.list', payload: {} }));
  return (reply as { value: Told[] }).value[0] as Told;
}

const counts = async () => (await told()).counts;

/** One transaction on the connection's database, as a program beside the browser would leave it. */
function change(how: Change): Promise<void> {
  return options.evaluate(async (asked) => {
    const name = (await indexedDB.databases()).find((one) => one.name?.startsWith('connection-'))?.name ?? '';
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const db = await done(indexedDB.open(name));
    const stores = db.transaction(['cells', 'boxes'], 'readwrite');
    const [cells, boxes] = [stores.objectStore('cells'), stores.objectStore('boxes')];
    const rowOf = async (table: number) => {
      const rows = (await done(cells.getAll(IDBKeyRange.bound([table], [table + 1])))) as Record<string, unknown>[];
      const row = rows.at(-1);
      if (!row) throw new Error(`table ${table} has no cell`);
      return row;
    };
    const bytesOf = (row: Record<string, unknown>) => row.b as Uint8Array<ArrayBuffer>;
    if (asked.kind === 'flip') {
      const row = asked.box ? ((await done(boxes.get(asked.box))) as Record<string, unknown>) : await rowOf(asked.table ?? 0);
      const bytes = bytesOf(row);
      const at = asked.at < 0 ? bytes.length + asked.at : asked.at;
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      (asked.box ? boxes : cells).put(row);
    } else if (asked.kind === 'swap') {
      const [one, other] = [await rowOf(asked.table), await rowOf(asked.with)];
      cells.put({ ...one, b: other.b });
      cells.put({ ...other, b: one.b });
    } else if (asked.kind === 'delete') {
      if (asked.box) boxes.delete(asked.box);
      else {
        const { t, r, c } = (await rowOf(asked.table ?? 0)) as { t: number; r: number; c: number };
        cells.delete([t, r, c]);
      }
    } else {
      const row = await rowOf(asked.table);
      cells.put({ ...row, b: asked.kind === 'cut' ? bytesOf(row).slice(0, asked.keep) : 7 });
    }
    await new Promise((resolve, reject) => {
      stores.oncomplete = resolve;
      stores.onabort = () => reject(stores.error);
    });
    db.close();
  }, how);
}

/** The next background page reads what is on the disk now. */
const restartBrowser = async () => {
  await scene.suspend();
  await scene.resume();
  options = await scene.open('options.html');
};

test('a copy that was tampered with is refused by a typed error, and the next sync heals it', async () => {
  const seen: string[] = [];
  for (const [name, how] of CASES) {
    await change(how);
    // Cells are read anew each time; the manifest is read when a copy is opened.
    if ('box' in how) await restartBrowser();
    const before = await told();
    const since = before.sync.lastSuccessAt ?? '';
    await options.evaluate(async () => {
      const list = await chrome.runtime.sendMessage({ sidelight: 1, name: 'connections.list', payload: {} });
      await chrome.runtime.sendMessage({ sidelight: 1, name: 'sync.start', payload: { connectionId: list.value[0].id } });
    });
    const after = await until(60_000, `${name} to heal`, async () => {
      const now = await told();
      return now.sync.running === null && (now.sync.lastSuccessAt ?? '') > since ? now : undefined;
    });
    seen.push(`${name}: ${before.sync.lastError?.code ?? 'not met before the sync'}`);
    expect(before.sync.lastError?.code ?? 'vault.tampered', name).toBe('vault.tampered');
    expect(after.sync.lastError, name).toBeNull();
    expect(after.counts, name).toEqual(expected);
  }
  console.log(seen.join('\n'));
}, 900_000);

test('a token that was tampered with is refused, and the copy stays for the next login', async () => {
  await change({ kind: 'flip', box: 'token', at: PARTS.tag });
  await restartBrowser();
  expect(await told()).toMatchObject({
    state: 'reconnect-needed',
    counts: expected,
    sync: { lastError: { code: 'auth.damaged' } },
  });
});
