import { describe, expect, it } from 'vitest';
import { createCipher } from '@/lib/vault/cipher';
import type { BoxPlace } from '@/lib/vault/envelope';
import { codeOf } from '../../builders/codes';
import { rootKey } from '../../builders/keys';

const PLACE: BoxPlace = { connectionId: 'c1', table: 'contact', key: '7/4/3', schema: 1 };
const CONTENT = new TextEncoder().encode('Cora Contact, cora@example.org');

describe('cipher', () => {
  describe('given a sealed box', () => {
    it('gives the content back at the place it was sealed for', async () => {
      const cipher = createCipher(await rootKey());
      expect(await cipher.open(PLACE, await cipher.seal(PLACE, CONTENT))).toEqual(CONTENT);
    });

    it('gives the content back when the worker died and the key was made anew', async () => {
      const box = await createCipher(await rootKey()).seal(PLACE, CONTENT);
      expect(await createCipher(await rootKey()).open(PLACE, box)).toEqual(CONTENT);
    });

    it.each<[string, Partial<BoxPlace>]>([
      ['another connection', { connectionId: 'c2' }],
      ['another table', { table: 'lead' }],
      ['the table of tokens', { table: 'token' }],
      ['another key', { key: '7/4/2' }],
      ['a key that runs into the next part', { key: '7/4/3","1' }],
      ['another schema', { schema: 2 }],
    ])('refuses it when it was moved to %s', async (_, change) => {
      const cipher = createCipher(await rootKey());
      const box = await cipher.seal(PLACE, CONTENT);
      expect(await codeOf(cipher.open({ ...PLACE, ...change }, box))).toBe('vault.tampered');
    });

    it('refuses it when the root key is another', async () => {
      const box = await createCipher(await rootKey(1)).seal(PLACE, CONTENT);
      expect(await codeOf(createCipher(await rootKey(2)).open(PLACE, box))).toBe('vault.tampered');
    });

    it('never uses a nonce twice, so that equal contents look different', async () => {
      const cipher = createCipher(await rootKey());
      const boxes = await Promise.all(Array.from({ length: 200 }, () => cipher.seal(PLACE, CONTENT)));
      const nonces = new Set(boxes.map((box) => Buffer.from(box.slice(3, 15)).toString('hex')));
      expect(nonces.size).toBe(200);
    });

    it('shows nothing of the content', async () => {
      const box = await createCipher(await rootKey()).seal(PLACE, CONTENT);
      expect(Buffer.from(box).includes('Cora')).toBe(false);
      expect(Buffer.from(box).includes('contact')).toBe(false);
    });
  });

  describe('given key generations', () => {
    it('opens a box of an older generation when a newer one is current', async () => {
      const root = await rootKey();
      const old = await createCipher(root, { generation: 1 }).seal(PLACE, CONTENT);
      expect(await createCipher(root, { generation: 65_535 }).open(PLACE, old)).toEqual(CONTENT);
    });

    it('refuses a box when it was relabelled with another generation', async () => {
      const cipher = createCipher(await rootKey(), { generation: 1 });
      const box = await cipher.seal(PLACE, CONTENT);
      box[2] = 0;
      expect(await codeOf(cipher.open(PLACE, box))).toBe('vault.tampered');
    });
  });
});
