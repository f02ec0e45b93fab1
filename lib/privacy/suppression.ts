import type { SealedBoxes } from '@/lib/storage/sealed-boxes';
import { createKeyedBox } from './keyed-box';

/** Numbers are written with and without country code; their ends are the same. */
const PHONE_END = 8;
const SHORTEST_PHONE = 7;

/** How an address or a number is written for the list; null when it is neither. Pure. */
export function suppressionForm(contact: string): string | null {
  const text = contact.trim().toLowerCase().normalize('NFC');
  if (/^[^\s@]+@[^\s@]+$/.test(text)) return `@${text}`;
  if (!/^\+?[\d\s()./-]+$/.test(text)) return null;
  const digits = text.replace(/\D/g, '');
  return digits.length < SHORTEST_PHONE ? null : `+${digits.slice(-PHONE_END)}`;
}

/** The suppression list of a connection. Every method: @throws AppError `suppression.damaged`: a list that was lost must not let anybody through */
export interface SuppressionList {
  /** Whether one of these addresses and numbers is on it. */
  holds(contacts: readonly string[]): Promise<boolean>;
  /**
   * False: it is neither an address nor a number. What the user puts on it by hand stays when an objection is taken back, and what an
   * objection puts on it stays the user's when it was that before.
   */
  add(contact: string, by?: 'hand' | 'objection'): Promise<boolean>;
  /** Takes off what an objection alone has put on it. */
  withdraw(contact: string): Promise<boolean>;
  remove(contact: string): Promise<boolean>;
  count(): Promise<number>;
  /** Begins anew, with nobody on it, when it is damaged; else nothing happens. */
  reset(): Promise<void>;
}

interface Stored {
  key: string;
  hashes: string[];
  /** Those of `hashes` that only an objection has put there. */
  objected?: string[];
}

const removed = (stored: Stored, hash: string): Stored => ({
  ...stored,
  hashes: without(stored.hashes, hash),
  objected: without(stored.objected, hash),
});
const without = (hashes: readonly string[] | undefined, hash: string) => (hashes ?? []).filter((one) => one !== hash);

/** The list in `boxes`: who must not be put into the CRM again, as keyed hashes. */
export function createSuppressionList(boxes: Pick<SealedBoxes, 'get' | 'put'>): SuppressionList {
  const box = createKeyedBox<Stored>(boxes, {
    name: 'suppression',
    damaged: 'suppression.damaged',
    empty: (key) => ({ key, hashes: [] }),
    isStored: (value) =>
      'hashes' in value && Array.isArray(value.hashes) && value.hashes.every((hash) => typeof hash === 'string'),
  });

  async function change(contact: string, what: (stored: Stored, hash: string) => Stored): Promise<boolean> {
    const form = suppressionForm(contact);
    if (form === null) return false;
    await box.change((stored, hashOf) => what(stored, hashOf(form)));
    return true;
  }

  return {
    async holds(contacts) {
      const { stored, hashOf } = await box.load();
      if (stored.hashes.length === 0) return false;
      const known = new Set(stored.hashes);
      return contacts.some((contact) => {
        const form = suppressionForm(contact);
        return form !== null && known.has(hashOf(form));
      });
    },
    add: (contact, by = 'hand') =>
      change(contact, (stored, hash) => {
        if (by === 'objection' && stored.hashes.includes(hash)) return stored;
        const objected = without(stored.objected, hash);
        const hashes = [...new Set([...stored.hashes, hash])];
        return { ...stored, hashes, objected: by === 'objection' ? [...objected, hash] : objected };
      }),
    withdraw: (contact) => change(contact, (stored, hash) => (stored.objected?.includes(hash) ? removed(stored, hash) : stored)),
    remove: (contact) => change(contact, removed),
    count: async () => (await box.load()).stored.hashes.length,
    reset: box.reset,
  };
}
