import { describe, expect, it } from 'vitest';
import { createWriter } from '@/lib/connectors/salesforce/writer';
import type { EgressRequest, EgressResponse } from '@/lib/egress/egress';
import { codeOf } from '../../../builders/codes';
import { fakeClock } from '../../../fakes/fake-clock';
import { json } from '../../../fakes/fake-send';
import { clientOn } from './session';

const ID = '006000000000001AAA';
const READ_AT = '2026-05-01T10:00:00.000Z';
const DONE: EgressResponse = { ...json({}), status: 204, body: '' };
const refusal = (errorCode: string, status = 400, fields: string[] = []) =>
  json([{ errorCode, message: 'Why not', fields }], status);
const rowAt = (modified: string | null) =>
  json({
    totalSize: 1,
    done: true,
    records: modified === null ? [] : [{ Id: ID, LastModifiedDate: modified, StageName: 'Won', Owner: { Name: 'x' } }],
  });
const BEFORE = '2026-05-01T10:00:00.000+0000';
const AFTER = '2026-05-01T10:00:01.000+0000';

/** What reading answers, read by read, and what writing does. */
function scene({ reads = [BEFORE], write = DONE }: { reads?: (string | null)[]; write?: EgressResponse }) {
  const rows = [...reads];
  const { client, network } = clientOn((request: EgressRequest) =>
    request.method === 'GET' ? rowAt(rows.shift() ?? null) : write,
  );
  return { writer: createWriter(client, fakeClock()), network };
}
const update = (options: Parameters<typeof scene>[0], readAt: string | null = READ_AT) =>
  scene(options).writer.update('opportunity', ID, { StageName: 'Lost' }, readAt);

describe('changing a record in Salesforce', () => {
  it('sends the values alone, with the moment from which they are', async () => {
    const { writer, network } = scene({});
    expect(await writer.update('opportunity', ID, { StageName: 'Lost', Amount: null }, READ_AT)).toEqual({ kind: 'updated' });
    const [, sent] = network.sent;
    expect(sent).toMatchObject({ method: 'PATCH', headers: { 'If-Unmodified-Since': 'Fri, 01 May 2026 10:00:00 GMT' } });
    expect(sent?.url).toBe(`https://acme.my.salesforce.com/services/data/v62.0/sobjects/Opportunity/${ID}`);
    expect(JSON.parse(sent?.body ?? '')).toEqual({ StageName: 'Lost', Amount: null });
  });

  it('goes over whatever is there when the user wants that, in one call', async () => {
    const { writer, network } = scene({});
    expect(await writer.update('opportunity', ID, { StageName: 'Lost' }, null)).toEqual({ kind: 'updated' });
    expect(network.sent.map(({ method }) => method)).toEqual(['PATCH']);
    expect(network.sent[0]?.headers).not.toHaveProperty('If-Unmodified-Since');
  });

  const conflict = { kind: 'conflict', current: { StageName: 'Won' }, modifiedAt: '2026-05-01T10:00:01.000Z' };

  it('writes nothing over what somebody has changed since, and gives what is there', async () => {
    const { writer, network } = scene({ reads: [AFTER] });
    expect(await writer.update('opportunity', ID, { StageName: 'Lost' }, READ_AT)).toEqual(conflict);
    expect(network.sent.map(({ method }) => method)).toEqual(['GET']);
  });

  it('is told by Salesforce of a change that came in between', async () => {
    expect(await update({ reads: [BEFORE, AFTER], write: refusal('PRECONDITION_FAILED', 412) })).toEqual(conflict);
  });

  it.each<[string, Parameters<typeof scene>[0]]>([
    ['is not there when it is read', { reads: [null] }],
    ['was deleted meanwhile', { write: refusal('ENTITY_IS_DELETED', 404) }],
    ['is not there any more', { write: refusal('NOT_FOUND', 404) }],
    ['is no record of this user', { write: refusal('INVALID_CROSS_REFERENCE_KEY', 404) }],
  ])('is gone when it %s', async (_, options) => {
    expect(await update(options)).toEqual({ kind: 'gone' });
  });

  it('gives what speaks against the values', async () => {
    expect(await update({ write: refusal('FIELD_CUSTOM_VALIDATION_EXCEPTION', 400, ['StageName']) })).toEqual({
      kind: 'invalid',
      fieldErrors: { StageName: 'Why not' },
      formErrors: [],
    });
    expect(await update({ write: refusal('DUPLICATES_DETECTED') })).toMatchObject({ kind: 'invalid', formErrors: ['Why not'] });
  });

  it.each([
    ['INSUFFICIENT_ACCESS_OR_READONLY', 400, 'crm.forbidden'],
    ['UNABLE_TO_LOCK_ROW', 400, 'crm.conflict'],
    // A reference in the values that leads nowhere is no sign that the record is gone.
    ['INVALID_CROSS_REFERENCE_KEY', 400, 'crm.refused'],
  ])('fails for %s (%i) as %s', async (errorCode, status, code) => {
    expect(await codeOf(update({ write: refusal(errorCode, status, ['OwnerId']) }))).toBe(code);
  });
});
