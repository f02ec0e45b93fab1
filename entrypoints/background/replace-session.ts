import { holding } from '@/lib/browser/locks';
import type { Session } from '@/lib/connectors/connector';
import { AppError } from '@/lib/shared/errors';
import type { SealedBoxes } from '@/lib/storage/sealed-boxes';

interface Place {
  connectionId: string;
  boxes: Pick<SealedBoxes, 'get' | 'put'>;
  /** Ends a login at the CRM. */
  revoke: (session: Session) => Promise<unknown>;
  /** False when the connection is being removed, or is gone. */
  isKept: () => Promise<boolean>;
}

/**
 * Puts a login of the user in the place of the stored one, and ends that: it may be alive. Of two that come at once, or when the
 * connection is removed meanwhile, none is left that nobody knows. @throws AppError `connection.missing`
 */
export async function replaceSession({ connectionId, boxes, revoke, isKept }: Place, session: Session): Promise<void> {
  await holding([`sidelight:session:${connectionId}`], async () => {
    const old = (await boxes.get('token').catch(() => null)) as Session | null;
    await boxes.put('token', session).catch(async (error) => {
      await revoke(session);
      throw error;
    });
    if (old && old.refreshToken !== session.refreshToken) await revoke(old);
    if (await isKept()) return;
    await revoke(session);
    throw new AppError('connection.missing');
  });
}
