import type { ConnectedProfile, Session } from '@/lib/connectors/connector';
import { AppError } from '@/lib/shared/errors';
import type { SealedBoxes } from '@/lib/storage/sealed-boxes';

type Boxes = Pick<SealedBoxes, 'get'>;

/** The session of a connection, or null where there is none, as for the sample. @throws AppError `storage.unreadable` */
export const storedSession = async (boxes: Boxes) => (await boxes.get('token').catch(orUnreadable)) as Session | null;

/** Who signed in, and where. @throws AppError `storage.unreadable` */
export const storedProfile = async (boxes: Boxes) => (await boxes.get('profile').catch(orUnreadable)) as ConnectedProfile | null;

/** What only the user can bring back by connecting anew; of what a sync brings back the store tells. */
function orUnreadable(error: unknown): never {
  const isDamage = error instanceof AppError && error.code === 'vault.tampered';
  throw isDamage ? new AppError('storage.unreadable', { cause: error }) : error;
}
