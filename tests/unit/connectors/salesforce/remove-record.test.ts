import { describe, expect, it } from 'vitest';
import { removeRecord } from '@/lib/connectors/salesforce/remove-record';
import type { EgressRequest, EgressResponse } from '@/lib/egress/egress';
import { codeOf } from '../../../builders/codes';
import { json } from '../../../fakes/fake-send';
import { clientOn } from './session';

const TASK = '00T000000000001AAA';
const LEAD = '00Q000000000001AAA';
const INDIVIDUAL = '0PK000000000001AAA';
const ME = '005000000000001AAA';
const MADE = '2026-05-01T10:00:00.000+0000';
const DONE: EgressResponse = { ...json({}), status: 204, body: '' };
const refusal = (errorCode: string, status = 400) => json([{ errorCode, message: 'Why not', fields: [] }], status);

describe('deleting a record in Salesforce', () => {
  const remove = (answer: EgressResponse) => removeRecord(clientOn(() => answer).client, 'task', TASK);

  it.each<[string, EgressResponse, boolean]>([
    ['it is deleted', DONE, true],
    ['it was deleted before', refusal('ENTITY_IS_DELETED', 404), true],
    ['it is not there', refusal('NOT_FOUND', 404), true],
    ['this user may not', refusal('INSUFFICIENT_ACCESS_OR_READONLY'), false],
  ])('when %s', async (_, answer, gone) => {
    expect(await remove(answer)).toBe(gone);
  });

  it('fails when nobody knows', async () => {
    expect(await codeOf(remove(refusal('DELETE_FAILED')))).toBe('crm.refused');
    expect(await codeOf(remove(json([], 429)))).toBe('crm.busy');
  });
});

describe('deleting a person in Salesforce', () => {
  const row = (more: object = {}) => ({
    CreatedById: ME,
    CreatedDate: MADE,
    IndividualId: INDIVIDUAL,
    Individual: { CreatedById: ME, CreatedDate: MADE },
    ...more,
  });
  const found = (record: object | null) => json({ totalSize: 1, done: true, records: record ? [record] : [] });
  const parts = (...statuses: number[]) =>
    json({
      compositeResponse: statuses.map((status, place) => ({ referenceId: `${place}`, httpStatusCode: status, body: null })),
    });

  /** Deletes a Lead of whom looking answers `read`, and gives what was sent. */
  async function removing(read: EgressResponse, together = parts(204, 204)) {
    const { client, network } = clientOn(({ method }: EgressRequest) =>
      method === 'GET' ? read : method === 'POST' ? together : DONE,
    );
    const gone = await removeRecord(client, 'lead', LEAD);
    return { gone, sent: network.sent, methods: network.sent.map(({ method }) => method) };
  }

  it('deletes the Individual that was made along with it, both or none', async () => {
    const { gone, sent, methods } = await removing(found(row()));
    expect(gone).toBe(true);
    expect(methods).toEqual(['GET', 'POST']);
    expect(JSON.parse(sent[1]?.body ?? '')).toMatchObject({
      allOrNone: true,
      compositeRequest: [
        { method: 'DELETE', url: `/services/data/v62.0/sobjects/Lead/${LEAD}` },
        { method: 'DELETE', url: `/services/data/v62.0/sobjects/Individual/${INDIVIDUAL}` },
      ],
    });
  });

  it.each<[string, EgressResponse]>([
    ['was there before', found(row({ Individual: { CreatedById: ME, CreatedDate: '2026-05-01T09:00:00.000+0000' } }))],
    ['somebody else has made', found(row({ Individual: { CreatedById: '005000000000002AAA', CreatedDate: MADE } }))],
    ['is not there', found(row({ IndividualId: null, Individual: null }))],
    ['no organisation without data protection has', refusal('INVALID_FIELD')],
    ['is not found, as the person is gone', found(null)],
  ])('leaves alone an Individual that %s', async (_, read) => {
    const { gone, methods } = await removing(read);
    expect(gone).toBe(true);
    expect(methods).toEqual(['GET', 'DELETE']);
  });

  it('deletes the person alone when the Individual may not go', async () => {
    const { gone, methods } = await removing(found(row()), parts(400, 400));
    expect(gone).toBe(true);
    expect(methods).toEqual(['GET', 'POST', 'DELETE']);
  });

  it('deletes nothing while nobody knows', async () => {
    const { client, network } = clientOn(() => json([], 429));
    expect(await codeOf(removeRecord(client, 'contact', LEAD))).toBe('crm.busy');
    expect(network.sent).toHaveLength(1);
  });
});
