import { describe, expect, it } from 'vitest';
import { words } from '@/entrypoints/background/person-data';
import { createErasedList } from '@/lib/privacy/erased';
import { createSealedBoxes, type SealedBoxes } from '@/lib/storage/sealed-boxes';
import { createCipher } from '@/lib/vault/cipher';
import { codeOf } from '../../builders/codes';
import { record } from '../../builders/records';
import { testStore } from '../../builders/store';

async function list() {
  const { db, root } = await testStore();
  const boxes = createSealedBoxes(db, createCipher(root), 'c1');
  return { db, boxes, list: createErasedList(boxes) };
}

const pia = record('contact', 'p1', { name: 'Pia Power', email: 'Pia@Acme.com' });

describe('the list of people who were erased', () => {
  it('judges nobody as long as nobody was erased', async () => {
    expect(await (await list()).list.judge()).toBeNull();
  });

  it('knows a person by the record’s id, by the address however it is written, and their tasks by whom they are about', async () => {
    const { list: erased } = await list();
    await erased.add([pia], words);
    const isErased = await erased.judge();
    expect(isErased?.(record('contact', 'p1', { name: 'Pia New', email: 'new@acme.com' }))).toBe(true);
    expect(isErased?.(record('lead', 'l7', { name: 'Pia', email: ' pia@ACME.com' }))).toBe(true);
    expect(isErased?.(record('task', 't1', { whoId: 'p1' }))).toBe(true);
    expect(isErased?.(record('contact', 'p2', { email: 'otto@acme.com' }))).toBe(false);
    expect(isErased?.(record('task', 't2', { whoId: null }))).toBe(false);
    expect(isErased?.(record('account', 'p1'))).toBe(false);
    expect(await erased.count()).toBe(1);
  });

  it('knows a person without an address by the id alone', async () => {
    const { list: erased } = await list();
    await erased.add([record('lead', 'l1', { email: null, phone: '+49 711 4000123' })], words);
    const isErased = await erased.judge();
    expect(isErased?.(record('lead', 'l1'))).toBe(true);
    expect(isErased?.(record('lead', 'l2', { phone: '+49 711 4000123' }))).toBe(false);
  });

  it('is one entry for a person, however often and with whichever of their records they are put on it', async () => {
    const { list: erased } = await list();
    await erased.add([pia], words);
    await erased.add([record('lead', 'l1', { name: 'P. Power', email: null })], words);
    await erased.add([record('contact', 'p2', { name: 'Pia Power', email: 'otto@acme.com' })], words);
    expect(await erased.count()).toBe(3);
    await erased.add([record('contact', 'p1', { name: 'Pia New', email: 'new@acme.com' }), record('lead', 'l1')], words);
    expect(await erased.count()).toBe(2);
    // By an address that only the first of them had.
    expect(await erased.release('pia@acme.com', words)).toBe(1);
    expect(await erased.count()).toBe(1);
    const isErased = await erased.judge();
    expect([
      isErased?.(pia),
      isErased?.(record('lead', 'l1')),
      isErased?.(record('lead', 'x', { email: 'otto@acme.com' })),
    ]).toEqual([false, false, true]);
  });

  it('holds keyed hashes alone, that trying all likely addresses of the domain does not turn back without the key', async () => {
    const [one, other] = [await list(), await list()];
    await one.list.add([pia], words);
    await other.list.add([pia], words);
    const { people } = (await one.boxes.get('erased')) as { people: string[][] };
    expect(JSON.stringify(people)).not.toMatch(/pia|acme|p1\b/i);
    const names = ['pia', 'p.power', 'pia.power', 'power', 'ppower', 'info'];
    const tries = await Promise.all(
      names
        .flatMap((name) => [`${name}@acme.com`, `@${name}@acme.com`])
        .map(async (text) => {
          const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
          return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
        }),
    );
    for (const hash of people.flat()) expect(tries).not.toContain(hash);
    // The same person in another copy is another hash: the key is random.
    expect(await other.boxes.get('erased')).not.toMatchObject({ people });
  });

  it('refuses to judge by a list that was damaged, until it is begun anew', async () => {
    const { db, boxes, list: erased } = await list();
    await erased.add([pia], words);
    const row = await db.boxAt('erased');
    if (!row) throw new Error('There is no box.');
    row.b[row.b.length - 1] = (row.b.at(-1) ?? 0) ^ 1;
    await db.boxes.put(row);
    expect(await codeOf(erased.judge())).toBe('erased.damaged');
    await erased.reset();
    expect(await erased.judge()).toBeNull();
    await boxes.put('erased', { key: 'k', people: 'nobody' });
    expect(await codeOf(erased.judge())).toBe('erased.damaged');
  });

  it('loses nobody when two are erased at once', async () => {
    const { boxes } = await list();
    const [a, b] = [createErasedList(boxes as SealedBoxes), createErasedList(boxes as SealedBoxes)];
    await Promise.all([a.add([pia], words), b.add([record('lead', 'l1')], words)]);
    expect(await a.count()).toBe(2);
  });
});
