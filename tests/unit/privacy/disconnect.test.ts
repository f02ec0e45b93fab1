import { describe, expect, it } from 'vitest';
import { type Described, disconnect, type DisconnectPorts, type NotedDisconnect } from '@/lib/privacy/disconnect';

const DESCRIBED: Described = {
  crmLabel: 'Salesforce',
  userName: 'Uma User',
  orgName: 'Acme',
  counts: { contact: 12, lead: 3 },
  bytes: 4096,
  revokeUrl: 'https://acme.my.salesforce.com/apps',
};
const STEPS = [
  'markDisconnecting',
  'noted',
  'stopSync',
  'stopOutbox',
  'describe',
  'revoke',
  'note',
  'closeCopy',
  'deleteBucket',
  'giveBackAccess',
  'tellViews',
  'forget',
  'verify',
  'note',
] as const;
type Step = (typeof STEPS)[number];

/** Ports that write down each step and fail at those in `failing`. Each step takes a second. */
function ports(failing: readonly Step[] = [], change: Partial<DisconnectPorts> = {}) {
  const done: Step[] = [];
  let time = Date.parse('2026-05-01T10:00:00.000Z');
  const step =
    <T>(name: Step, value: T) =>
    async (): Promise<T> => {
      done.push(name);
      time += 1000;
      if (failing.includes(name)) throw new Error(name);
      return value;
    };
  const all: DisconnectPorts = {
    clock: { now: () => time },
    markDisconnecting: step('markDisconnecting', undefined),
    noted: step('noted', null),
    note: step('note', undefined),
    stopSync: step('stopSync', undefined),
    stopOutbox: step('stopOutbox', undefined),
    describe: step('describe', DESCRIBED),
    revoke: step('revoke', true),
    closeCopy: step('closeCopy', undefined),
    deleteBucket: step('deleteBucket', undefined),
    forget: step('forget', undefined),
    giveBackAccess: step('giveBackAccess', undefined),
    tellViews: step('tellViews', undefined),
    verify: step('verify', { bucketGone: true, keyGone: true }),
    ...change,
  };
  return { all, done };
}

describe('disconnect', () => {
  describe('given that every step works', () => {
    it('takes the steps in the order in which each may be the last', async () => {
      const { all, done } = ports();
      await disconnect(all);
      expect(done).toEqual(STEPS);
    });

    it('gives a receipt of what there was and what was found gone', async () => {
      expect(await disconnect(ports().all)).toEqual({
        ...DESCRIBED,
        revokeUrl: null,
        startedAt: '2026-05-01T10:00:00.000Z',
        finishedAt: '2026-05-01T10:00:13.000Z',
        revocation: 'confirmed',
        verified: { bucketGone: true, keyGone: true },
      });
    });
  });

  describe('given that a step fails that deletes nothing', () => {
    it.each([
      'noted',
      'note',
      'stopSync',
      'stopOutbox',
      'describe',
      'revoke',
      'closeCopy',
      'giveBackAccess',
      'tellViews',
    ] as const)('takes all other steps when %s fails', async (failing) => {
      const { all, done } = ports([failing]);
      const receipt = await disconnect(all);
      expect(done).toEqual(STEPS);
      expect(receipt.verified).toEqual({ bucketGone: true, keyGone: true });
    });

    it('deletes everything when they all fail at once', async () => {
      const { all, done } = ports(['stopSync', 'stopOutbox', 'describe', 'revoke', 'closeCopy', 'giveBackAccess', 'tellViews']);
      expect((await disconnect(all)).revocation).toBe('failed');
      expect(done).toEqual(STEPS);
    });
  });

  describe('given that a step fails without which nothing may be promised', () => {
    it('touches nothing when the intention could not be remembered', async () => {
      const { all, done } = ports(['markDisconnecting']);
      await expect(disconnect(all)).rejects.toThrow('markDisconnecting');
      expect(done).toEqual(['markDisconnecting']);
    });

    it('keeps the connection marked, to be gone on with, when its bucket could not be deleted', async () => {
      const { all, done } = ports(['deleteBucket']);
      await expect(disconnect(all)).rejects.toThrow('deleteBucket');
      expect(done).not.toContain('forget');
    });

    it('gives no receipt when the key share could not be forgotten', async () => {
      await expect(disconnect(ports(['forget']).all)).rejects.toThrow('forget');
    });

    it('gives no receipt when nobody could look whether all is gone', async () => {
      await expect(disconnect(ports(['verify']).all)).rejects.toThrow('verify');
    });
  });

  describe('given that an attempt was cut off', () => {
    const earlier: NotedDisconnect = {
      startedAt: '2026-05-01T09:00:00.000Z',
      finishedAt: null,
      counts: { contact: 12 },
      bytes: 4096,
      revocation: 'confirmed',
      verified: null,
    };

    it('does not call an access unended that the CRM has ended, though the copy with its token is gone', async () => {
      const { all, done } = ports([], { noted: async () => earlier, describe: async () => null, revoke: async () => false });
      expect(await disconnect(all)).toMatchObject({
        revocation: 'confirmed',
        counts: { contact: 12 },
        bytes: 4096,
        startedAt: '2026-05-01T09:00:00.000Z',
      });
      expect(done).not.toContain('revoke');
    });

    it('asks the CRM again when it had not confirmed', async () => {
      const { all } = ports([], { noted: async () => ({ ...earlier, revocation: 'failed' }) });
      expect(await disconnect(all)).toMatchObject({ revocation: 'confirmed', counts: DESCRIBED.counts });
    });
  });

  it('keeps what the CRM said before anything is deleted, and what was found gone at the end; nothing of it names anybody', async () => {
    const noted: [NotedDisconnect, boolean][] = [];
    const { all, done } = ports([], { note: async (so) => void noted.push([so, done.includes('deleteBucket')]) });
    await disconnect(all);
    expect(noted).toMatchObject([
      [{ finishedAt: null, revocation: 'confirmed', verified: null }, false],
      [{ finishedAt: expect.stringContaining('2026-05-01T10:00'), verified: { bucketGone: true, keyGone: true } }, true],
    ]);
    for (const name of [DESCRIBED.userName, DESCRIBED.orgName, 'acme']) expect(JSON.stringify(noted)).not.toContain(name);
  });

  describe('the receipt', () => {
    it.each<[string, boolean | null, string, string | null]>([
      ['the CRM confirmed', true, 'confirmed', null],
      ['the CRM did not confirm', false, 'failed', DESCRIBED.revokeUrl],
      ['there was no token', null, 'nothing-to-revoke', null],
    ])('when %s says so, and links to the CRM only when the user has to do it', async (_, revoked, revocation, revokeUrl) => {
      const { all } = ports([], { revoke: async () => revoked });
      expect(await disconnect(all)).toMatchObject({ revocation, revokeUrl });
    });

    it('says that it failed when asking the CRM failed', async () => {
      expect(await disconnect(ports(['revoke']).all)).toMatchObject({ revocation: 'failed', revokeUrl: DESCRIBED.revokeUrl });
    });

    it.each<[string, readonly Step[], Partial<DisconnectPorts>]>([
      ['could not be read', ['describe'], {}],
      ['was gone already', [], { describe: async () => null }],
    ])('has empty fields and no link when the copy %s', async (_, failing, change) => {
      const receipt = await disconnect(ports([...failing, 'revoke'], change).all);
      expect(receipt).toMatchObject({ crmLabel: '', userName: '', orgName: '', counts: {}, bytes: 0, revokeUrl: null });
    });

    it('says what is still there when the look found something', async () => {
      const { all } = ports([], { verify: async () => ({ bucketGone: false, keyGone: true }) });
      expect((await disconnect(all)).verified).toEqual({ bucketGone: false, keyGone: true });
    });
  });
});
