import { describe, expect, it } from 'vitest';
import type { Checkpoint, Want } from '@/lib/connectors/connector';
import { openObjects } from '@/lib/connectors/salesforce/opening';
import { AppError } from '@/lib/shared/errors';
import { defaultSelection } from '@/lib/crm/selection';
import { codeOf } from '../../../builders/codes';
import { json } from '../../../fakes/fake-send';
import { clientOn } from './session';

const NOW = Date.parse('2026-06-01T09:00:00Z');
const DATE = { date: 'Mon, 01 Jun 2026 09:00:00 GMT' };
const ago = (minutes: number) => new Date(NOW - minutes * 60_000).toISOString();
const DAY = 24 * 60;
const LEAD = '00Q000000000001AAA';

const described = (name: string, type = 'string') => ({
  ...{ name, label: name, type, length: 1, createable: true, nillable: true, defaultedOnCreate: false, picklistValues: [] },
});
const DESCRIPTION = { name: 'Lead', createable: true, fields: [described('Name'), described('IsConverted', 'boolean')] };
const page = (records: unknown[], totalSize = records.length) => ({ totalSize, done: true, records });
const deleted = (earliest: string, ...ids: string[]) => ({
  deletedRecords: ids.map((id) => ({ id, deletedDate: ago(30) })),
  earliestDateAvailable: earliest,
  latestDateCovered: ago(0),
});
const refusal = (errorCode: string, status = 400) => ({ status, body: [{ errorCode, message: 'm' }] });

type Answer = { status: number; body: unknown };
const ANSWERS: Record<string, Answer> = {
  fields_lead: { status: 200, body: DESCRIPTION },
  changes_lead: { status: 200, body: page([]) },
  count_lead: { status: 200, body: page([], 7) },
  deleted_lead: { status: 200, body: deleted(ago(15 * DAY)) },
};

const checkpoint = (change: Partial<Checkpoint> = {}): Checkpoint => ({
  coveredUntil: ago(60),
  deletedUntil: ago(60),
  wanted: ['Name', 'IsConverted'],
  fields: ['Name', 'IsConverted'],
  types: { Name: 'text', IsConverted: 'flag' },
  describedAt: ago(60),
  scope: 'IsConverted = false',
  pull: null,
  ...change,
});

/** Leads with their two needed fields, opened at a CRM that answers each part as told. */
async function opened(since: Checkpoint | null, change: Record<string, Answer> = {}, now = NOW) {
  const asked: string[] = [];
  const { client } = clientOn((request) => {
    const parts: { referenceId: string; url: string }[] = JSON.parse(request.body ?? '').compositeRequest;
    asked.push(...parts.map(({ referenceId }) => referenceId));
    const compositeResponse = parts.map(({ referenceId }) => {
      const { status, body } = change[referenceId] ?? ANSWERS[referenceId] ?? { status: 500, body: null };
      return { referenceId, httpStatusCode: status, httpHeaders: {}, body };
    });
    return json({ compositeResponse }, 200, DATE);
  });
  const without = ['company', 'title', 'email', 'phone', 'website', 'status', 'ownerId', 'doNotCall', 'emailOptOut'];
  const want: Want = { object: 'lead', selection: { wanted: true, without, extra: [] }, scope: defaultSelection().scope, since };
  const { openings, startedAt } = await openObjects(client, [want], now);
  const lead = openings.get('lead') ?? null;
  if (lead instanceof AppError) throw lead;
  return { lead, startedAt, asked };
}

describe('the opening of a run', () => {
  it('asks a copy that has nothing for fields and count, and takes the time from the CRM', async () => {
    const { lead, startedAt, asked } = await opened(null);
    expect(asked).toEqual(['fields_lead', 'count_lead']);
    expect(startedAt).toBe('2026-06-01T09:00:00.000Z');
    expect(lead).toMatchObject({ fields: ['Name', 'IsConverted'], count: 7, changes: null, describedAt: startedAt });
    expect(lead?.deletions).toMatchObject({ until: startedAt, sweep: false });
  });

  it('asks a copy that is whole for what changed and what was deleted too', async () => {
    const { lead, asked } = await opened(checkpoint(), {
      fields_lead: { status: 304, body: null },
      deleted_lead: { status: 200, body: deleted(ago(15 * DAY), LEAD) },
    });
    expect(asked).toEqual(['fields_lead', 'changes_lead', 'count_lead', 'deleted_lead']);
    expect(lead).toMatchObject({ fields: ['Name', 'IsConverted'], describedAt: ago(60), changes: { totalSize: 0 } });
    expect(lead?.deletions).toMatchObject({ until: ago(0), sweep: false });
    expect([...(lead?.deletions.at.keys() ?? [])]).toEqual([LEAD]);
  });

  it('takes no time from our own clock, which may be years off', async () => {
    const year = 365 * DAY * 60_000;
    for (const now of [NOW - year, NOW + year]) expect((await opened(null, {}, now)).startedAt).toBe('2026-06-01T09:00:00.000Z');
  });

  it('has all ids compared when the last run was in the future, at a CRM whose clock was wrong', async () => {
    const { lead, asked } = await opened(checkpoint({ deletedUntil: ago(-30) }));
    expect(asked).not.toContain('deleted_lead');
    expect(lead?.deletions).toMatchObject({ until: ago(0), sweep: true });
  });

  it('does not ask for changes while a pull is not whole: they come behind it', async () => {
    const pull = { startedAt: ago(60), from: null, fresh: true, after: null, job: null };
    expect((await opened(checkpoint({ pull, coveredUntil: null }))).asked).not.toContain('changes_lead');
  });

  it.each([
    ['two minutes', 2, false],
    ['three minutes', 3, true],
    ['two weeks', 14 * DAY, true],
    ['more than two weeks', 14 * DAY + 1, false],
  ])('asks for deletions of a span that the CRM can list: %s', async (_, minutes, asks) => {
    const { lead, asked } = await opened(checkpoint({ deletedUntil: ago(minutes) }));
    expect(asked.includes('deleted_lead')).toBe(asks);
    expect(lead?.deletions.sweep).toBe(minutes > 14 * DAY);
    if (!asks && minutes < DAY) expect(lead?.deletions.until).toBe(ago(minutes));
  });

  it.each([
    ['they are too many to be listed', refusal('EXCEEDED_ID_LIMIT')],
    ['the org does not reach back so far', refusal('INVALID_REPLICATION_DATE')],
    ['its list begins later', { status: 200, body: deleted(ago(30), LEAD) }],
    ['its list begins in the minute of the last run, and may lack its seconds', { status: 200, body: deleted(ago(60)) }],
  ])('has all ids compared when %s', async (_, answer) => {
    expect((await opened(checkpoint(), { deleted_lead: answer })).lead?.deletions.sweep).toBe(true);
  });

  it('goes without a count that the CRM could not give in time', async () => {
    const { lead } = await opened(null, { count_lead: refusal('QUERY_TIMEOUT', 500) });
    expect(lead?.count).toBeNull();
  });

  it.each([
    ['its description is not there', { fields_lead: refusal('NOT_FOUND', 404) }],
    ['a query does not know it', { changes_lead: refusal('INVALID_TYPE') }],
  ])('says that the user cannot see an object when %s', async (_, change) => {
    expect((await opened(checkpoint(), change)).lead).toBeNull();
  });

  it.each<[string, Record<string, Answer>, string]>([
    ['a description is refused', { fields_lead: refusal('API_DISABLED_FOR_ORG', 403) }, 'crm.forbidden'],
    ['a description is something else', { fields_lead: { status: 200, body: {} } }, 'crm.answer-unreadable'],
    ['changes are refused', { changes_lead: refusal('MALFORMED_QUERY') }, 'crm.refused'],
    ['changes took too long', { changes_lead: refusal('QUERY_TIMEOUT', 500) }, 'crm.timeout'],
    ['changes are something else', { changes_lead: { status: 200, body: [] } }, 'crm.answer-unreadable'],
    ['deletions are something else', { deleted_lead: { status: 200, body: {} } }, 'crm.answer-unreadable'],
    ['the calls of the day end in the middle', { deleted_lead: refusal('REQUEST_LIMIT_EXCEEDED', 403) }, 'crm.limit'],
  ])('fails when %s', async (_, change, code) => {
    expect(await codeOf(opened(checkpoint(), change))).toBe(code);
  });

  it('has all ids compared when the CRM refuses to name the deletions', async () => {
    const { lead } = await opened(checkpoint(), { deleted_lead: refusal('OPERATION_TOO_LARGE') });
    expect(lead?.deletions).toMatchObject({ until: ago(0), sweep: true });
  });

  it('has all ids compared when the time up to which deletions are known lies ahead', async () => {
    const { lead } = await opened(checkpoint({ deletedUntil: ago(-3 * DAY) }));
    expect(lead?.deletions).toMatchObject({ until: ago(0), sweep: true });
  });

  it('asks for what changed with the fields that the copy has, though others are wanted now', async () => {
    const { lead } = await opened(checkpoint({ wanted: ['Name'], fields: ['Name'] }));
    expect(lead).toMatchObject({ fields: ['Name', 'IsConverted'], changes: null });
  });
});
