import { holding } from '@/lib/browser/locks';
import type { ConnectedProfile, Session } from '@/lib/connectors/connector';
import { AppError } from '@/lib/shared/errors';
import type { SealedBoxes } from '@/lib/storage/sealed-boxes';
import { storedSession, writeLogin } from './stored-login';

interface Place {
  connectionId: string;
  boxes: SealedBoxes;
  /** Ends a login at the CRM. */
  revoke: (session: Session) => Promise<unknown>;
  /** False when the connection is being removed, or is gone. */
  isKept: () => Promise<boolean>;
}

/**
 * Puts a login of the user in the place of the stored one, and ends that: it may be alive. Of two that come at once, or when the
 * connection is removed meanwhile, none is left that nobody knows. @throws AppError `connection.missing`
 */
export async function replaceLogin(
  { connectionId, boxes, revoke, isKept }: Place,
  session: Session,
  profile: ConnectedProfile,
): Promise<void> {
  await holding([`sidelight:session:${connectionId}`], async () => {
    // What is damaged cannot be ended; what is not is, also where only the names were.
    const old = await storedSession(boxes).catch(() => null);
    await writeLogin(boxes, session, profile).catch(async (error) => {
      await revoke(session);
      throw error;
    });
    if (old && old.refreshToken !== session.refreshToken) await revoke(old);
    if (await isKept()) return;
    await revoke(session);
    throw new AppError('connection.missing');
  });
}
