import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { AppError } from '@/lib/shared/errors';
import type { SealedBoxes } from '@/lib/storage/sealed-boxes';

/** Who must not be put into the CRM again, as keyed hashes: the list itself names nobody. */
interface Stored {
  /** 32 random bytes in hexadecimal digits, made with the list and sealed with it. */
  key: string;
  hashes: string[];
}

const BOX = 'suppression';
/** Numbers are written with and without country code; their ends are the same. */
const PHONE_END = 8;
const SHORTEST_PHONE = 7;

const hex = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** How an address or a number is written for the list; null when it is neither. Pure. */
export function suppressionForm(contact: string): string | null {
  const text = contact.trim().toLowerCase().normalize('NFC');
  if (/^[^\s@]+@[^\s@]+$/.test(text)) return `@${text}`;
  if (!/^\+?[\d\s()./-]+$/.test(text)) return null;
  const digits = text.replace(/\D/g, '');
  return digits.length < SHORTEST_PHONE ? null : `+${digits.slice(-PHONE_END)}`;
}

const emptyList = (): Stored => ({ key: hex(crypto.getRandomValues(new Uint8Array(32))), hashes: [] });

function isStored(value: unknown): value is Stored {
  if (typeof value !== 'object' || value === null) return false;
  const { key, hashes } = value as Partial<Stored>;
  return typeof key === 'string' && Array.isArray(hashes) && hashes.every((hash) => typeof hash === 'string');
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

/** Changes of one list are put in line, whoever makes them. */
const queues = new WeakMap<object, Promise<unknown>>();

/** The list in `boxes`. */
export function createSuppressionList(boxes: Pick<SealedBoxes, 'get' | 'put'>): SuppressionList {
  async function load(): Promise<Stored> {
    const stored = await boxes.get(BOX).catch((error: unknown) => {
      const isDamage = error instanceof AppError && error.code === 'vault.tampered';
      throw isDamage ? new AppError('suppression.damaged', { cause: error }) : error;
    });
    if (stored === null || stored === undefined) return emptyList();
    if (!isStored(stored)) throw new AppError('suppression.damaged');
    return stored;
  }

  const hashOf = ({ key }: Stored, form: string) =>
    hex(hmac(sha256, new TextEncoder().encode(key), new TextEncoder().encode(form)));

  function inLine<T>(work: () => Promise<T>): Promise<T> {
    const done = (queues.get(boxes) ?? Promise.resolve()).then(work);
    queues.set(
      boxes,
      done.catch(() => undefined),
    );
    return done;
  }

  function change(contact: string, what: (hashes: readonly string[], hash: string) => string[]): Promise<boolean> {
    return inLine(async () => {
      const form = suppressionForm(contact);
      if (form === null) return false;
      const stored = await load();
      await boxes.put(BOX, { ...stored, hashes: what(stored.hashes, hashOf(stored, form)) });
      return true;
    });
  }

  return {
    async holds(contacts) {
      const stored = await load();
      if (stored.hashes.length === 0) return false;
      const known = new Set(stored.hashes);
      return contacts.some((contact) => {
        const form = suppressionForm(contact);
        return form !== null && known.has(hashOf(stored, form));
      });
    },
    add: (contact) => change(contact, (hashes, hash) => [...new Set([...hashes, hash])]),
    remove: (contact) => change(contact, (hashes, hash) => hashes.filter((one) => one !== hash)),
    count: async () => (await load()).hashes.length,
    reset: () =>
      inLine(async () => {
        await load().catch(async (error: unknown) => {
          if (!(error instanceof AppError) || error.code !== 'suppression.damaged') throw error;
          await boxes.put(BOX, emptyList());
        });
      }),
  };
}
