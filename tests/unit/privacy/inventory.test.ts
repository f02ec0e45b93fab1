import { describe, expect, it } from 'vitest';
import type { ConnectedProfile, Session } from '@/lib/connectors/connector';
import type { OutboxEntry } from '@/lib/creation/outbox/entry';
import type { SiteDecision, SiteDecisions } from '@/lib/matching/site-decisions';
import { inventory } from '@/lib/privacy/inventory';
import { RECORD_USES } from '@/lib/privacy/inventory-records';
import { FIELD_ORDER } from '@/lib/storage/tables';
import { OBJECTS } from '@/lib/crm/records';
import { BOX_USES, LOCAL_USES } from '@/lib/privacy/inventory-notes';
import { EMPTY_LOG, type ProcessingLog } from '@/lib/privacy/processing-log';
import { createUnseenReceipts, type UnseenReceipt } from '@/lib/privacy/unseen-receipts';
import { createSettings } from '@/lib/settings/settings';
import { createConnectionList } from '@/lib/storage/connection-list';
import type { Manifest } from '@/lib/storage/manifest';
import { emptyManifest } from '@/lib/storage/manifest';
import type { BasisTemplate } from '@/lib/shared/person-basis';
import { BOX_NAMES, type BoxName } from '@/lib/storage/sealed-boxes';
import type { HeldEntry } from '@/lib/sync/held-deletions';
import type { RunEntry } from '@/lib/sync/run-history';
import { NEVER_RUN, type StoredStatus } from '@/lib/sync/sync-status';
import type { Selection } from '@/lib/crm/selection';
import { DEVICE, protectByPassphrase } from '@/lib/vault/protection';
import { memoryArea } from '../../fakes/memory-area';

/** All fields of a stored type by name: one that is added to it does not compile until it stands here, and then the register lacks it. */
type FieldsOfType<T> = { [K in keyof Required<T>]: true };

const PROFILE: FieldsOfType<ConnectedProfile> = { userName: true, orgName: true, host: true };
const SESSION: FieldsOfType<Session> = {
  fromTab: true,
  accessToken: true,
  refreshToken: true,
  instanceUrl: true,
  loginOrigin: true,
  clientId: true,
  userId: true,
  orgId: true,
};
const MANIFEST: FieldsOfType<Manifest> = {
  nextRun: true,
  tables: true,
  checkpoints: true,
  pending: true,
  placement: true,
  replacing: true,
  commits: true,
  seals: true,
  thorough: true,
};
const RUN: FieldsOfType<RunEntry> = {
  startedAt: true,
  endedAt: true,
  why: true,
  outcome: true,
  code: true,
  objects: true,
  calls: true,
  skipped: true,
  refused: true,
  renewed: true,
};
const HELD: FieldsOfType<HeldEntry> = {
  object: true,
  count: true,
  of: true,
  at: true,
  answer: true,
  answeredAt: true,
  ids: true,
};
const SELECTION: FieldsOfType<Selection> = { objects: true, scope: true, leaveOut: true, reserve: true };
const DECISIONS: FieldsOfType<SiteDecision & Omit<SiteDecisions, 'decisions'>> = {
  kind: true,
  place: true,
  accountId: true,
  at: true,
  never: true,
};
const OUTBOX: FieldsOfType<OutboxEntry> = {
  id: true,
  object: true,
  label: true,
  sealedAt: true,
  typed: true,
  records: true,
  way: true,
  open: true,
  attempts: true,
  state: true,
};
const STATUS: FieldsOfType<StoredStatus> = Object.fromEntries(
  Object.keys(NEVER_RUN).map((field) => [field, true]),
) as FieldsOfType<StoredStatus>;
const TEMPLATE: FieldsOfType<BasisTemplate> = {
  version: true,
  controller: true,
  purpose: true,
  necessity: true,
  safeguards: true,
  owner: true,
  reviewBy: true,
  kinds: true,
  marginDays: true,
};
const LOG: FieldsOfType<ProcessingLog> = { entries: true, before: true, hosts: true };

const registered = (box: BoxName) => Object.keys(BOX_USES[box].fields).sort();
const local = (key: string) => Object.keys(LOCAL_USES[key]?.fields ?? {}).sort();
const names = (value: object | undefined) => Object.keys(value ?? {}).sort();

describe('the data inventory', () => {
  it('has every field of the copy of every object', () => {
    for (const object of OBJECTS) expect(names(RECORD_USES[object])).toEqual([...FIELD_ORDER[object]].sort());
  });

  it('has no long text of any object: no description, no comment, no note', () => {
    const fields = OBJECTS.flatMap((object) => FIELD_ORDER[object].map(String));
    expect(fields.filter((field) => /descri|comment|note|text|body/i.test(field))).toEqual([]);
  });

  it('has every sealed box', () => {
    expect(Object.keys(BOX_USES).sort()).toEqual([...BOX_NAMES].sort());
  });

  it.each<[BoxName, object]>([
    ['profile', PROFILE],
    ['token', SESSION],
    ['manifest', MANIFEST],
    ['sync-status', STATUS],
    ['sync-history', RUN],
    ['held-deletions', HELD],
    ['selection', SELECTION],
    ['site-decisions', DECISIONS],
    ['outbox', OUTBOX],
    ['processing-log', LOG],
    ['basis-template', TEMPLATE],
  ])('has every field of what lies in the box %s', (box, fields) => {
    expect(registered(box)).toEqual(names(fields));
  });

  it('has what a manifest and a log begin with', () => {
    expect(registered('manifest')).toEqual(expect.arrayContaining(names(emptyManifest())));
    expect(registered('processing-log')).toEqual(names(EMPTY_LOG));
  });

  describe('of what stands outside the encryption', () => {
    it('has every setting', async () => {
      const { area, held } = memoryArea();
      await createSettings(area).change({});
      expect(names(held.settings as object)).toEqual(local('settings'));
    });

    it('has every field of the list of connections and of what is kept for each', async () => {
      const { area, held } = memoryArea();
      const list = createConnectionList(area);
      await list.put({ id: 'c1', crm: 'salesforce', connectedAt: 'x', disconnecting: false, copy: 0, copiedAt: null });
      await list.share('c1').save('share');
      await list.anchor('c1').save(1);
      await list.marks('c1').save('profile', 1);
      const [connection] = held.connections as object[];
      expect(names(connection)).toEqual(local('connections'));
      const kept = Object.keys(held).map((key) => key.split(':')[0] ?? '');
      expect(Object.keys(LOCAL_USES)).toEqual(expect.arrayContaining(kept));
    });

    it('has every field of a receipt that waits', async () => {
      const { area, held } = memoryArea();
      const receipt: UnseenReceipt = {
        id: 'c1',
        crm: 'salesforce',
        copy: 'c1',
        startedAt: 'x',
        finishedAt: null,
        counts: {},
        bytes: 0,
        revocation: 'confirmed',
        verified: null,
      };
      await createUnseenReceipts(area).put(receipt);
      expect(names((held.receipts as object[])[0])).toEqual(local('receipts'));
    });

    it('has every field of the protection, in both modes', async () => {
      const { protection } = await protectByPassphrase('a passphrase', async () => new Uint8Array(32));
      expect(names({ ...DEVICE, ...protection })).toEqual(local('protection'));
    });
  });

  it('says nothing twice', () => {
    const places = inventory().map(({ place, of, field }) => `${place} ${of} ${field}`);
    expect(new Set(places).size).toBe(places.length);
  });

  it('has nothing about a person outside of the encryption but in memory', () => {
    const open = inventory().filter(({ protection, about }) => protection === 'clear' && about !== 'nobody');
    expect(open).toEqual([]);
  });
});
