import { describe, expect, it } from 'vitest';
import { createSuppressionList, suppressionForm } from '@/lib/privacy/suppression';
import type { ConnectionDatabase } from '@/lib/storage/database';
import { createSealedBoxes, type SealedBoxes } from '@/lib/storage/sealed-boxes';
import { createCipher } from '@/lib/vault/cipher';
import { codeOf } from '../../builders/codes';
import { testStore } from '../../builders/store';

async function list() {
  const { db, root } = await testStore();
  const boxes = createSealedBoxes(db, createCipher(root), 'c1');
  return { db, boxes, list: createSuppressionList(boxes) };
}

describe('the list of people who must not be stored again', () => {
  it('knows an address and a number however they are written', async () => {
    const { list: people } = await list();
    await people.add(' Pia@Acme.com ');
    await people.add('+49 711 4000-123');
    expect(await people.holds(['pia@acme.com'])).toBe(true);
    expect(await people.holds(['0711 4000123'])).toBe(true);
    expect(await people.holds(['otto@acme.com', '+49 711 4000-124'])).toBe(false);
    expect(await people.count()).toBe(2);
  });

  it('lets somebody off again, and holds nobody twice', async () => {
    const { list: people } = await list();
    await Promise.all([people.add('pia@acme.com'), people.add('PIA@acme.com'), people.add('otto@acme.com')]);
    expect(await people.count()).toBe(2);
    await people.remove('pia@acme.com');
    expect(await people.holds(['pia@acme.com'])).toBe(false);
  });

  it('takes off with an objection what that alone has put on it, and what the user has put there stays', async () => {
    const { list: people } = await list();
    await people.add('before@acme.com');
    for (const one of ['before', 'after', 'only']) await people.add(`${one}@acme.com`, 'objection');
    await people.add('after@acme.com');
    for (const one of ['before', 'after', 'only']) await people.withdraw(`${one}@acme.com`);
    expect([await people.holds(['only@acme.com']), await people.count()]).toEqual([false, 2]);
    await people.remove('after@acme.com');
    await people.add('after@acme.com', 'objection');
    await people.withdraw('after@acme.com');
    expect(await people.holds(['after@acme.com'])).toBe(false);
  });

  it('takes nothing that reaches nobody', async () => {
    const { list: people } = await list();
    for (const text of ['', 'Pia', '123', 'a b@c', '12 34 56']) expect(await people.add(text)).toBe(false);
    expect(suppressionForm('+1 (555) 010-0000')).toBe('+50100000');
  });

  it('holds keyed hashes alone, with another key in every copy', async () => {
    const [one, two] = [await list(), await list()];
    await Promise.all([one.list.add('pia@acme.com'), two.list.add('pia@acme.com')]);
    const stored = (await Promise.all([one.boxes.get('suppression'), two.boxes.get('suppression')])) as { hashes: string[] }[];
    expect(JSON.stringify(stored)).not.toMatch(/pia|acme/);
    expect(stored[0]?.hashes[0]).not.toBe(stored[1]?.hashes[0]);
  });

  it.each([
    ['does not open', async (db: ConnectionDatabase) => db.boxes.put({ name: 'suppression', b: new Uint8Array(300) })],
    ['is none', async (_: unknown, boxes: SealedBoxes) => boxes.put('suppression', { hashes: ['1'] })],
  ])('lets nobody through when it %s, until it is begun anew', async (_, damage) => {
    const { db, boxes, list: people } = await list();
    await people.add('pia@acme.com');
    await damage(db, boxes);
    for (const asked of [people.holds(['otto@acme.com']), people.count(), people.add('otto@acme.com')])
      expect(await codeOf(asked)).toBe('suppression.damaged');
    await people.reset();
    expect(await people.count()).toBe(0);
    expect(await people.holds(['pia@acme.com'])).toBe(false);
  });

  it('keeps who is on it when it is begun anew without need', async () => {
    const { list: people } = await list();
    await people.add('pia@acme.com');
    await people.reset();
    expect(await people.holds(['pia@acme.com'])).toBe(true);
  });

  it('loses nobody whom two requests put on it at once', async () => {
    const { boxes } = await list();
    await Promise.all(['pia@acme.com', 'otto@acme.com'].map((one) => createSuppressionList(boxes).add(one)));
    expect(await createSuppressionList(boxes).count()).toBe(2);
  });
});
