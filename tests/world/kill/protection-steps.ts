import type { Trap } from './traps.ts';

/** What is going on when the worker is killed. */
export type Change = 'device → passphrase' | 'passphrase → other' | 'passphrase → device' | 'rotation' | 'disconnect';
const MODE_CHANGES: readonly Change[] = ['device → passphrase', 'passphrase → other', 'passphrase → device'];

interface ProtectionStep {
  /** Where the worker stands still and is killed. */
  name: string;
  trap: Trap;
  changes: readonly Change[];
  /** The new copy counts by then. */
  counts?: true;
  /** Each passphrase is tried behind this step. */
  tries?: true;
  /** Whether the browser is closed and opened before the next worker looks: then with this step of these changes too. */
  restart?: readonly Change[];
}

/** Tables by their number on the disk (lib/storage/tables.ts). */
const CONTACT = 3;
const HOME = 8;
const ALL: readonly Change[] = [...MODE_CHANGES, 'rotation'];
const TO_PASSPHRASE: readonly Change[] = ['device → passphrase', 'passphrase → other'];
const SHARE = '^stored local share:';
/** The one write after which the new copies count. */
const SWITCH = 'local connections(,protection)?$';

/** Every step of making new copies and letting them count, in the order they come. */
const REKEYING: readonly ProtectionStep[] = [
  {
    name: 'what is wanted is in memory',
    trap: { at: '^stored session pending-protection' },
    changes: MODE_CHANGES,
    restart: MODE_CHANGES,
  },
  {
    name: 'the new bucket is there, and empty',
    trap: { at: '^bucket opened \\S+_\\d+$' },
    changes: ALL,
    restart: ['device → passphrase'],
  },
  { name: 'its key object is on the disk', trap: { at: '^complete keys device' }, changes: ['passphrase → device', 'rotation'] },
  { name: 'its key share is on the disk', trap: { at: SHARE }, changes: ALL, restart: TO_PASSPHRASE },
  { name: 'the token is in the new bucket', trap: { after: SHARE, at: '^complete boxes token' }, changes: ALL },
  {
    name: 'the first records are sealed anew',
    trap: { after: SHARE, at: `^sealed contact ` },
    changes: ['passphrase → other', 'rotation'],
  },
  {
    name: 'the first records are in the new bucket',
    trap: { after: SHARE, at: `^complete cells ${CONTACT}/` },
    changes: ALL,
    restart: ['rotation'],
  },
  {
    name: 'the indexes are in the new bucket',
    trap: { after: SHARE, at: `^complete cells ${HOME}/` },
    changes: ['device → passphrase', 'rotation'],
  },
  { name: 'the checkpoints are in the new bucket', trap: { after: SHARE, at: '^complete boxes manifest' }, changes: ALL },
  { name: 'before the new copy counts', tries: true, trap: { at: `^store ${SWITCH}` }, changes: ALL, restart: ALL },
  {
    name: 'the new copy counts, and nobody knows',
    counts: true,
    tries: true,
    trap: { at: `^stored ${SWITCH}` },
    changes: ALL,
    restart: ALL,
  },
  {
    name: 'the new key is in memory',
    counts: true,
    trap: { after: `^stored ${SWITCH}`, at: '^stored session vault' },
    changes: TO_PASSPHRASE,
  },
  {
    name: 'the old key is out of memory',
    counts: true,
    trap: { after: `^stored ${SWITCH}`, at: '^removed session vault' },
    changes: ['passphrase → device'],
  },
  {
    name: 'the old bucket is gone',
    counts: true,
    trap: { after: `^stored ${SWITCH}`, at: '^bucket deleted' },
    changes: ALL,
    restart: ['passphrase → other'],
  },
  {
    name: 'the old key share is gone',
    counts: true,
    trap: { after: `^stored ${SWITCH}`, at: '^stored local anchor:\\S+,connections' },
    changes: ALL,
  },
  {
    name: 'what was wanted is out of memory',
    counts: true,
    trap: { at: '^removed session pending-protection' },
    changes: MODE_CHANGES,
  },
];

/** Every step of a disconnect. */
const DISCONNECT: readonly ProtectionStep[] = (
  [
    ['it is remembered as going', { at: '^stored local connections$' }],
    ['before the CRM is told', { at: '^fetch POST .*revoke' }],
    ['the CRM has ended the access, and nobody knows', { at: '^answer POST .*revoke' }],
    ['the bucket is gone', { at: '^bucket deleted' }],
    ['the memory is cleared', { after: '^bucket deleted', at: '^cleared session' }],
    ['share and entry are gone', { after: '^bucket deleted', at: '^stored local connections' }],
  ] as const
).map(([name, trap], index) => ({
  name,
  trap,
  changes: ['disconnect'],
  restart: index === 1 || index === 3 ? ['disconnect'] : [],
}));

export interface ProtectionCase {
  step: ProtectionStep;
  change: Change;
  /** The browser is closed and opened in between. */
  restart: boolean;
}

/** The cases of one change, those with a restart of the browser behind. */
export function casesOf(change: Change): ProtectionCase[] {
  const steps = [...REKEYING, ...DISCONNECT];
  const of = (restart: boolean, has: (step: ProtectionStep) => boolean) =>
    steps.filter(has).map((step) => ({ step, change, restart }));
  return [...of(false, (step) => step.changes.includes(change)), ...of(true, (step) => step.restart?.includes(change) ?? false)];
}
