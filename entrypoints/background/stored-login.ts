import type { ConnectedProfile, Session } from '@/lib/connectors/connector';
import { AppError } from '@/lib/shared/errors';
import type { SealedBoxes } from '@/lib/storage/sealed-boxes';

/** Who is signed in where, without anything that opens it. It lies beside the profile too, so that either box tells it. */
type LoginPlace = Pick<Session, 'instanceUrl' | 'loginOrigin' | 'clientId' | 'userId' | 'orgId' | 'fromTab'>;
type ProfileBox = ConnectedProfile & { login?: LoginPlace };

/** The login of a connection as its copy has it. */
export interface StoredLogin {
  /** Without tokens when they are damaged. */
  session: Session;
  /** Without names when they are damaged. */
  profile: ConnectedProfile;
  /** One of the two boxes is damaged: signing in to the same organisation as the same user brings it back. */
  lost: boolean;
}

type Box<T> = { value: T | null; fault: AppError | null };

/** A box that was never written is as bad as a damaged one: without it nobody can sync. */
async function boxOf<T>(boxes: SealedBoxes, name: 'token' | 'profile'): Promise<Box<T>> {
  try {
    const value = (await boxes.get(name)) as T | null;
    return { value, fault: value === null ? new AppError('storage.unreadable') : null };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'vault.tampered') throw error;
    return { value: null, fault: error };
  }
}

const placeIn = ({ fromTab, instanceUrl, loginOrigin, clientId, userId, orgId }: LoginPlace): LoginPlace => ({
  ...(fromTab ? { fromTab } : {}),
  instanceUrl,
  loginOrigin,
  clientId,
  userId,
  orgId,
});

/**
 * Reads token and profile. When one of them is damaged the other says whose copy this is, so that records and the user's
 * choices can stay. @throws AppError `storage.unreadable` when neither does, `storage.newer-version`
 */
export async function readLogin(boxes: SealedBoxes): Promise<StoredLogin> {
  const [token, box] = await Promise.all([boxOf<Session>(boxes, 'token'), boxOf<ProfileBox>(boxes, 'profile')]);
  if (token.value && box.value) {
    const { login, ...profile } = box.value;
    // Copies of earlier builds have the place in the token alone.
    if (!login) await boxes.put('profile', { ...profile, login: placeIn(token.value) }).catch(() => undefined);
    return { session: token.value, profile, lost: false };
  }
  if (token.value) {
    const profile = { userName: '', orgName: '', host: new URL(token.value.instanceUrl).host };
    return { session: token.value, profile, lost: true };
  }
  if (box.value?.login) {
    const { login, ...profile } = box.value;
    return { session: { ...login, accessToken: '', refreshToken: '' }, profile, lost: true };
  }
  throw new AppError('storage.unreadable', { cause: token.fault ?? box.fault });
}

/** The names of the sample, which nobody signs in to. @throws AppError `storage.unreadable`, `storage.newer-version` */
export async function readSample(boxes: SealedBoxes): Promise<Omit<StoredLogin, 'session'> & { session: null }> {
  const { value, fault } = await boxOf<ConnectedProfile>(boxes, 'profile');
  if (!value) throw new AppError('storage.unreadable', { cause: fault });
  return { session: null, profile: value, lost: false };
}

/** Stores both; of the sample, which has no session, the names. @throws AppError of the `storage.` group */
export async function writeLogin(boxes: SealedBoxes, session: Session | null, profile: ConnectedProfile): Promise<void> {
  if (session) await boxes.put('token', session);
  await boxes.put('profile', session ? { ...profile, login: placeIn(session) } : profile);
}

/** The stored session. @throws AppError `auth.damaged` when it does not pass its check */
export async function storedSession(boxes: SealedBoxes): Promise<Session> {
  const { value } = await boxOf<Session>(boxes, 'token');
  if (!value) throw new AppError('auth.damaged');
  return value;
}

/** Whether two logins are of one user of one organisation: only then may the one take the copy of the other over. */
export const isSameUser = (one: Session, other: Session) => one.orgId === other.orgId && one.userId === other.userId;
