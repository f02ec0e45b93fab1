import type { BoxRef, EnvelopePart, Tampering } from './disk-page.ts';

/** What makes the copy whole again; `undo` puts the disk back, where only connecting anew helps. */
type Remedy = 'sync' | 'choose' | 'reset' | 'sign in' | 'connect' | 'undo';

export interface TamperCase {
  name: string;
  how: readonly Tampering[];
  /** What `connections.list` says before anything else is asked: state, and the error's code. */
  told: string;
  /** The code with which Accounts that the damage concerns are refused; null: every view answers, and rightly. */
  refused: string | null;
  remedy: Remedy;
  /** The error of a sync that cannot help. */
  syncFails?: string;
  /** Notes about syncs that the next one begins anew, and counts in the history. */
  renewed?: number;
  /** Views show what the CRM had then, so that they cannot be compared with it. */
  stale?: true;
}

/** Tables by their number on the disk (lib/storage/tables.ts). */
const ACCOUNT = 2;
const CONTACT = 3;
const OPPORTUNITY = 5;
const TASK = 6;
const DOMAIN = 7;
const HOME = 8;

const FINE = 'ready';
const REFUSED = 'damaged vault.tampered';
const LOST = 'damaged storage.unreadable';
const NEWER = 'damaged storage.newer-version';
const LOGIN = 'reconnect-needed auth.damaged';

const EMPTIED = ['token', 'profile'].map((box): Tampering => ({ kind: 'cut', at: { box }, keep: 0 }));
const contacts: BoxRef = { table: CONTACT, nth: 0 };
const named = (box: string): BoxRef => ({ box });
const PARTS: readonly EnvelopePart[] = ['version', 'future', 'generation', 'nonce', 'ciphertext', 'tag'];

/** A damaged cell is met by whoever reads it; the copy as a whole stands. */
const cell = (name: string, ...how: Tampering[]): TamperCase => ({
  name,
  how,
  told: FINE,
  refused: 'vault.tampered',
  remedy: 'sync',
});
/** No view of an Account reads this cell, so that only the sync meets it. */
const index = (name: string, ...how: Tampering[]): TamperCase => ({ ...cell(name, ...how), refused: null });
/** Without the manifest nobody knows which cells count. */
const manifest = (name: string, ...how: Tampering[]): TamperCase => ({ ...cell(name, ...how), told: REFUSED });
/** Without the token nothing is asked of the CRM; the copy and the user's choices stay, and signing in again is all that is needed. */
const token = (name: string, ...how: Tampering[]): TamperCase => ({
  name,
  how,
  told: LOGIN,
  refused: null,
  remedy: 'undo',
  syncFails: 'auth.damaged',
});
/** The token says whose copy this is, and syncs go on; the names come back with the next login. */
const profile = (name: string, ...how: Tampering[]): TamperCase => ({ name, how, told: LOGIN, refused: null, remedy: 'undo' });
/** Whose copy this is stands in both; without either, or without the keys, only connecting anew helps. */
const login = (name: string, ...how: Tampering[]): TamperCase => ({
  name,
  how,
  told: LOST,
  refused: 'storage.unreadable',
  remedy: 'undo',
});
/** What the next sync tells anew. */
const notes = (name: string, ...how: Tampering[]): TamperCase => ({ ...cell(name, ...how), refused: null, renewed: 1 });
/** What is to be copied: no sync goes on with another choice than the user's. */
const choice = (name: string, ...how: Tampering[]): TamperCase => ({
  ...cell(name, ...how),
  told: 'ready selection.damaged',
  refused: null,
  remedy: 'choose',
  syncFails: 'selection.damaged',
});
/** What was decided about sites: Accounts are shown, and none beside a site. */
const decisions = (name: string, ...how: Tampering[]): TamperCase => ({
  ...cell(name, ...how),
  told: 'ready decisions.damaged',
  refused: null,
  remedy: 'reset',
});

const bitOf = (part: EnvelopePart) => `a bit of its ${part === 'future' ? 'version, to a later one' : part}`;

function everyWay(what: string, at: BoxRef, of: (name: string, ...how: Tampering[]) => TamperCase): TamperCase[] {
  return [
    ...PARTS.map((part) => of(`${what}: ${bitOf(part)}`, { kind: 'flip', at, part })),
    of(`${what}: cut to its header`, { kind: 'cut', at, keep: 15 }),
    of(`${what}: cut before its tag`, { kind: 'cut', at, keep: -16 }),
    of(`${what}: the last byte missing`, { kind: 'cut', at, keep: -1 }),
    of(`${what}: emptied`, { kind: 'cut', at, keep: 0 }),
    of(`${what}: nothing in its place`, { kind: 'replace', at, by: 'nothing' }),
    of(`${what}: text in its place`, { kind: 'replace', at, by: 'text' }),
    of(`${what}: a number in its place`, { kind: 'replace', at, by: 'number' }),
    of(`${what}: of another connection`, { kind: 'replay', at, of: 'another connection' }),
  ];
}

/** Both are in their form what was written once, and neither is what was written last. */
function goneOrOlder(what: string, box: string, of: (name: string, ...how: Tampering[]) => TamperCase): TamperCase[] {
  return [
    of(`${what}: deleted`, { kind: 'delete', at: named(box) }),
    of(`${what}: an older one put back`, { kind: 'replay', at: named(box), of: 'older' }),
  ];
}

/** A manifest of a later version is believed: nobody may write into a copy of a later Sidelight. */
const believed = (one: TamperCase): TamperCase =>
  one.name.includes('a later one')
    ? { ...one, told: NEWER, refused: 'storage.newer-version', remedy: 'undo', syncFails: 'storage.newer-version' }
    : one;
/** The same for what is needed to sync at all. */
const believedLogin = ({ syncFails, ...one }: TamperCase): TamperCase => {
  if (one.name.includes('a later one')) return { ...one, told: NEWER, refused: 'storage.newer-version' };
  return syncFails ? { ...one, syncFails } : one;
};
const signIn = (one: TamperCase): TamperCase => ({ ...one, remedy: 'sign in' });

export const TAMPER_CASES: readonly TamperCase[] = [
  ...everyWay('a cell', contacts, cell),
  cell('a cell of Accounts', { kind: 'flip', at: { table: ACCOUNT, nth: 0 }, part: 'ciphertext' }),
  cell('a cell of Opportunities', { kind: 'flip', at: { table: OPPORTUNITY, nth: 0 }, part: 'ciphertext' }),
  cell('a cell of Tasks', { kind: 'flip', at: { table: TASK, nth: -1 }, part: 'ciphertext' }),
  cell('a cell of the domain index', { kind: 'flip', at: { table: DOMAIN, nth: 0 }, part: 'ciphertext' }),
  index('a cell of the home index', { kind: 'flip', at: { table: HOME, nth: 0 }, part: 'nonce' }),
  cell('a row of the domain index deleted', { kind: 'delete', at: { table: DOMAIN, nth: 0 } }),
  index('a row of the home index deleted', { kind: 'delete', at: { table: HOME, nth: -1 } }),
  cell('two cells of a run swapped', { kind: 'swap', at: contacts, with: { table: CONTACT, nth: 1 } }),
  cell('two cells of two tables swapped', { kind: 'swap', at: contacts, with: { table: TASK, nth: 0 } }),
  cell('a cell copied over another', { kind: 'copy', from: contacts, at: { table: CONTACT, nth: 1 } }),
  cell('a cell of Tasks in the place of one of Contacts', { kind: 'copy', from: { table: TASK, nth: 0 }, at: contacts }),
  cell('a cell moved to another run', { kind: 'move', at: contacts, run: 100_000 }),
  cell('a cell moved to another cell', { kind: 'move', at: contacts, cell: 60_000 }),
  cell('an older cell put back', { kind: 'replay', at: contacts, of: 'older' }),
  cell('a row deleted', { kind: 'delete', at: contacts }),
  cell('a named box in the place of a cell', { kind: 'copy', from: named('manifest'), at: contacts }),

  ...everyWay('the manifest', named('manifest'), manifest).map(believed),
  manifest('the manifest deleted', { kind: 'delete', at: named('manifest') }),
  manifest('an older manifest put back', { kind: 'replay', at: named('manifest'), of: 'older' }),
  manifest('an older manifest put back with all its rows', { kind: 'roll-back', to: 'older', anchor: false }),
  manifest('the token in the place of the manifest', { kind: 'copy', from: named('token'), at: named('manifest') }),
  manifest('the mark of the last write ahead', { kind: 'local', key: 'anchor:$name', value: 1_000_000 }),
  {
    name: 'an older manifest put back with all its rows and the mark of its last write',
    how: [{ kind: 'roll-back', to: 'older', anchor: true }],
    told: FINE,
    refused: null,
    remedy: 'sync',
    stale: true,
  },

  ...everyWay('the token', named('token'), token).map(believedLogin),
  ...PARTS.map((part) => believedLogin(profile(`the profile: ${bitOf(part)}`, { kind: 'flip', at: named('profile'), part }))),
  profile('the profile emptied', { kind: 'cut', at: named('profile'), keep: 0 }),
  login('token and profile swapped', { kind: 'swap', at: named('token'), with: named('profile') }),
  token('the profile in the place of the token', { kind: 'copy', from: named('profile'), at: named('token') }),

  ...everyWay('the sync status', named('sync-status'), notes),
  notes('a bit of the history of syncs', { kind: 'flip', at: named('sync-history'), part: 'nonce' }),
  notes('the history of syncs emptied', { kind: 'cut', at: named('sync-history'), keep: 0 }),
  {
    ...notes('sync status and history swapped', { kind: 'swap', at: named('sync-status'), with: named('sync-history') }),
    renewed: 2,
  },
  ...goneOrOlder('the sync status', 'sync-status', notes),
  ...goneOrOlder('the history of syncs', 'sync-history', notes),
  notes('a bit of the held deletions', { kind: 'flip', at: named('held-deletions'), part: 'tag' }),
  ...goneOrOlder('the held deletions', 'held-deletions', notes),
  choice('a bit of what is to be copied', { kind: 'flip', at: named('selection'), part: 'tag' }),
  ...goneOrOlder('what is to be copied', 'selection', choice),
  decisions('a bit of the decisions about sites', { kind: 'flip', at: named('site-decisions'), part: 'tag' }),
  ...goneOrOlder('the decisions about sites', 'site-decisions', decisions),
  ...goneOrOlder('the token', 'token', token),
  // It is written once, so there is no older one.
  profile('the profile deleted', { kind: 'delete', at: named('profile') }),
  choice('the mark of what is to be copied ahead', { kind: 'local', key: 'marks:$name', value: { selection: 1_000_000 } }),
  ...[undefined, 'text', { selection: 0.5, token: 'x' }].map(
    (value): TamperCase => ({
      name: `the marks of the named boxes ${value === undefined ? 'gone' : `are ${JSON.stringify(value)}`}`,
      how: [{ kind: 'local', key: 'marks:$name', value }],
      told: FINE,
      refused: null,
      remedy: 'sync',
    }),
  ),

  login('the key share gone', { kind: 'local', key: 'share:$name', value: undefined }),
  login('the key share no base64', { kind: 'local', key: 'share:$name', value: 'a share' }),
  login('the key share too short', { kind: 'local', key: 'share:$name', value: btoa('sixteen bytes...') }),
  login('another key share', { kind: 'local', key: 'share:$name', value: btoa('thirty-two bytes of another key.') }),
  login('the key share no text', { kind: 'local', key: 'share:$name', value: 7 }),
  login('the device key gone', { kind: 'key', how: 'delete' }),
  login('another device key', { kind: 'key', how: 'exchange' }),
  ...[undefined, 'text', -1, 0.5, 1e308, Number.MAX_SAFE_INTEGER].map(
    (value): TamperCase => ({
      name: `the mark of the last write ${value === undefined ? 'gone' : `is ${JSON.stringify(value)}`}`,
      how: [{ kind: 'local', key: 'anchor:$name', value }],
      told: FINE,
      refused: null,
      remedy: 'sync',
    }),
  ),
  signIn(token('a token of which a bit was flipped, and signing in again', { kind: 'flip', at: named('token'), part: 'tag' })),
  signIn(
    profile('a profile of which a bit was flipped, and signing in again', { kind: 'flip', at: named('profile'), part: 'tag' }),
  ),
  {
    ...login('token and profile emptied, and connecting anew', ...EMPTIED),
    remedy: 'connect',
  },
  // Behind all others: a database keeps its version until it is deleted.
  {
    name: 'a database of a later version',
    how: [{ kind: 'database-version', version: 20 }],
    told: NEWER,
    refused: 'storage.newer-version',
    remedy: 'connect',
  },
];
