import { openPopup } from '@/lib/browser/popup';
import type { StorageArea } from '@/lib/browser/storage-area';
import type { Errand } from '@/lib/messaging/search-protocol';

const KEY = 'errand';
/** A page can mark megabytes; nobody searches for that or calls a company so. */
const LONGEST = 1000;

/**
 * What somebody chose in a menu, carried to the popup that goes on with it. It lies in the session's storage, which is memory, is
 * taken out once, and goes with everything else there when Sidelight locks or disconnects.
 */
export function createErrands(session: StorageArea) {
  return {
    async send({ kind, text }: Errand): Promise<void> {
      await session.set(KEY, { kind, text: text.slice(0, LONGEST).toWellFormed().trim() });
      await openPopup();
    },
    async take(): Promise<Errand | null> {
      const errand = ((await session.get(KEY)) ?? null) as Errand | null;
      if (errand) await session.remove(KEY);
      return errand;
    },
  };
}

export type Errands = ReturnType<typeof createErrands>;
