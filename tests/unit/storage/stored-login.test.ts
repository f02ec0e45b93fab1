import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it } from 'vitest';
import { readLogin, readSample, storedSession, writeLogin } from '@/entrypoints/background/stored-login';
import { createConnectionList } from '@/lib/storage/connection-list';
import { ConnectionDatabase } from '@/lib/storage/database';
import { createSealedBoxes, type SealedBoxes } from '@/lib/storage/sealed-boxes';
import { createCipher } from '@/lib/vault/cipher';
import { codeOf } from '../../builders/codes';
import { rootKey } from '../../builders/keys';
import { memoryArea } from '../../fakes/memory-area';

const PLACE = {
  instanceUrl: 'https://acme.my.salesforce.com',
  loginOrigin: 'https://login.salesforce.com',
  clientId: 'key',
  userId: '005000000000001AAA',
  orgId: '00D000000000001AAA',
};
const SESSION = { ...PLACE, accessToken: 'access', refreshToken: 'refresh' };
const PROFILE = { userName: 'Uma', orgName: 'Acme', host: 'acme.my.salesforce.com' };

describe('the stored login', () => {
  let db: ConnectionDatabase;
  let area: ReturnType<typeof memoryArea>['area'];
  let boxes: SealedBoxes;
  /** The next worker. */
  const open = async () => createSealedBoxes(db, createCipher(await rootKey(1)), 'c1', createConnectionList(area).marks('c1'));

  beforeEach(async () => {
    db = new ConnectionDatabase(new IDBFactory());
    area = memoryArea().area;
    boxes = await open();
    await writeLogin(boxes, SESSION, PROFILE);
  });
  const damage = async (name: string) => {
    const row = await db.boxes.get(name);
    await db.boxes.put({ name, b: (row?.b ?? new Uint8Array()).slice(0, 20) });
    boxes = await open();
  };

  it('is read as it was written, and the tokens lie in one box alone', async () => {
    expect(await readLogin(boxes)).toEqual({ session: SESSION, profile: PROFILE, lost: false });
    expect(await boxes.get('profile')).toEqual({ ...PROFILE, login: PLACE });
  });

  it('given a damaged token: says whose it is, without tokens, and gives no session to calls', async () => {
    await damage('token');
    const session = { ...PLACE, accessToken: '', refreshToken: '' };
    expect(await readLogin(boxes)).toEqual({ session, profile: PROFILE, lost: true });
    expect(await codeOf(storedSession(boxes))).toBe('auth.damaged');
  });

  it('given a damaged profile: says where it is from the token, and names nobody', async () => {
    await damage('profile');
    const profile = { userName: '', orgName: '', host: 'acme.my.salesforce.com' };
    expect(await readLogin(boxes)).toEqual({ session: SESSION, profile, lost: true });
  });

  it('is unreadable when both are damaged: then nobody knows whose copy it is', async () => {
    await damage('token');
    await damage('profile');
    expect(await codeOf(readLogin(boxes))).toBe('storage.unreadable');
  });

  it('is whole again when it is written anew', async () => {
    await damage('token');
    await writeLogin(boxes, SESSION, PROFILE);
    expect(await readLogin(boxes)).toMatchObject({ session: SESSION, lost: false });
  });

  describe('of an earlier build, which has the place in the token alone', () => {
    beforeEach(() => boxes.put('profile', PROFILE));

    it('gets it beside the profile when it is read', async () => {
      expect(await readLogin(boxes)).toMatchObject({ profile: PROFILE, lost: false });
      expect(await boxes.get('profile')).toEqual({ ...PROFILE, login: PLACE });
    });

    it('is unreadable when its token is damaged before that', async () => {
      await damage('token');
      expect(await codeOf(readLogin(boxes))).toBe('storage.unreadable');
    });
  });

  it('of a tab says so, and that it was damaged, though it has no token', async () => {
    const session = { ...SESSION, accessToken: '', refreshToken: '', clientId: '', fromTab: true as const };
    await writeLogin(boxes, session, PROFILE);
    await damage('token');
    expect(await readLogin(boxes)).toEqual({ session, profile: PROFILE, lost: true });
  });

  it('of the sample is a name alone', async () => {
    await writeLogin(boxes, null, PROFILE);
    expect(await readSample(boxes)).toEqual({ session: null, profile: PROFILE, lost: false });
    await damage('profile');
    expect(await codeOf(readSample(boxes))).toBe('storage.unreadable');
  });
});
