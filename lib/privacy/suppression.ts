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
  /** False: it is neither an address nor a number. */
  add(contact: string): Promise<boolean>;
  remove(contact: string): Promise<boolean>;
  count(): Promise<number>;
  /** Begins anew, with nobody on it, when it is damaged; else nothing happens. */
  reset(): Promise<void>;
}

/** The list in `boxes`: who must not be put into the CRM again, as keyed hashes. */
export function createSuppressionList(boxes: Pick<SealedBoxes, 'get' | 'put'>): SuppressionList {
  const box = createKeyedBox<{ key: string; hashes: string[] }>(boxes, {
    name: 'suppression',
    damaged: 'suppression.damaged',
    empty: (key) => ({ key, hashes: [] }),
    isStored: (value) =>
      'hashes' in value && Array.isArray(value.hashes) && value.hashes.every((hash) => typeof hash === 'string'),
  });

  async function change(contact: string, what: (hashes: readonly string[], hash: string) => string[]): Promise<boolean> {
    const form = suppressionForm(contact);
    if (form === null) return false;
    await box.change((stored, hashOf) => ({ ...stored, hashes: what(stored.hashes, hashOf(form)) }));
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
    add: (contact) => change(contact, (hashes, hash) => [...new Set([...hashes, hash])]),
    remove: (contact) => change(contact, (hashes, hash) => hashes.filter((one) => one !== hash)),
    count: async () => (await box.load()).stored.hashes.length,
    reset: box.reset,
  };
}
