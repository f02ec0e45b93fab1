import { describe, expect, it } from 'vitest';
import { createTransport, SessionExpired } from '@/lib/connectors/salesforce/transport';
import type { EgressResponse } from '@/lib/egress/egress';
import { AppError } from '@/lib/shared/errors';
import { codeOf } from '../../../builders/codes';
import { fakeSend, html, json } from '../../../fakes/fake-send';

const REQUEST = { method: 'GET', url: 'https://acme.my.salesforce.com/services/data/v62.0/limits' };

function transportOn(answer: EgressResponse) {
  const answers: Pick<EgressResponse, 'headers'>[] = [];
  const network = fakeSend(() => answer);
  return {
    transport: createTransport(network.send, { before: () => undefined, onAnswer: (seen) => answers.push(seen) }),
    answers,
    ...network,
  };
}
const call = (answer: EgressResponse) => transportOn(answer).transport.httpRequest(REQUEST);
const apiError = (errorCode: string, status: number, headers: Record<string, string> = {}) =>
  json([{ message: 'm', errorCode }], status, headers);

describe('transport', () => {
  it('hands on what jsforce asks for, and answers as jsforce expects', async () => {
    const { transport, sent, answers } = transportOn(json({ a: 1 }));
    const answer = await transport.httpRequest({ ...REQUEST, method: 'POST', headers: { a: 'b' }, body: '{}' });
    expect(sent).toEqual([{ method: 'POST', url: REQUEST.url, headers: { a: 'b' }, body: '{}' }]);
    expect(answer).toMatchObject({ statusCode: 200, body: '{"a":1}' });
    expect(answers).toHaveLength(1);
  });

  it.each([
    ['a created record', json({ id: '1' }, 201)],
    ['nothing, as after an update', { status: 204, headers: {}, body: '' }],
    ['an error of the API', apiError('REQUIRED_FIELD_MISSING', 400)],
    ['a refusal that is not about limits', apiError('INSUFFICIENT_ACCESS', 403)],
    ['an object that is not there', apiError('NOT_FOUND', 404)],
    ['a lock, which Salesforce reports as a failure', apiError('UNABLE_TO_LOCK_ROW', 500)],
    ['JSON with a line break at its end', { ...json({}), body: '{"a":1}\n' }],
  ])('leaves the verdict to the caller: %s', async (_, answer) => {
    expect((await call(answer)).statusCode).toBe(answer.status);
  });

  it('takes a 401 as an expired session', async () => {
    await expect(call(apiError('INVALID_SESSION_ID', 401))).rejects.toBeInstanceOf(SessionExpired);
  });

  it.each<[string, EgressResponse, string]>([
    ['the API limit of the org', apiError('REQUEST_LIMIT_EXCEEDED', 403), 'crm.limit'],
    ['429', apiError('X', 429), 'crm.busy'],
    ['429 as a page', html(429), 'crm.busy'],
    ['420, which means slow down too', html(420), 'crm.busy'],
    ['a failure', apiError('UNKNOWN_EXCEPTION', 500), 'crm.unavailable'],
    ['a bad gateway', html(502), 'crm.unavailable'],
    ['a maintenance page', html(503), 'crm.unavailable'],
    ['a page in place of an answer', html(200), 'crm.answer-unreadable'],
    ['a refusal as a page', html(403), 'crm.answer-unreadable'],
    ['a page that says it is JSON', { ...html(200), headers: { 'content-type': 'application/json' } }, 'crm.answer-unreadable'],
    ['an answer without a type', { status: 200, headers: {}, body: '{}' }, 'crm.answer-unreadable'],
    ['an empty answer', { ...json({}), body: '' }, 'crm.answer-unreadable'],
    ['half an object', { ...json({}), body: '{"totalSize":12,"records":[{"Id":"001' }, 'crm.answer-unreadable'],
    ['a 401 as a page, which no session ended by', html(401), 'crm.answer-unreadable'],
    [
      'a proxy that refuses and asks to wait',
      { ...html(403), headers: { 'content-type': 'text/html', 'retry-after': '5' } },
      'crm.busy',
    ],
    ['half a list', { ...json({}), body: '[{"message":"m","errorCode"' }, 'crm.answer-unreadable'],
  ])('tells apart: %s', async (_, answer, code) => {
    expect(await codeOf(call(answer))).toBe(code);
  });

  it('counts an answer that it refuses, since the org counted it too', async () => {
    const { transport, answers } = transportOn(html(503));
    await codeOf(transport.httpRequest(REQUEST));
    expect(answers).toHaveLength(1);
  });

  it.each<[string | undefined, number | undefined]>([
    ['120', 120_000],
    ['0', 0],
    ['1.5', undefined],
    ['-5', undefined],
    ['soon', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('waits as long as the server asks: Retry-After %j is %j ms', async (header, retryAfterMs) => {
    const error: unknown = await call(apiError('X', 429, header === undefined ? {} : { 'retry-after': header })).catch(
      (thrown) => thrown,
    );
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code: 'crm.busy', retryAfterMs });
  });

  it.each([apiError('REQUEST_LIMIT_EXCEEDED', 403, { 'retry-after': '60' }), apiError('X', 503, { 'retry-after': '60' })])(
    'keeps the wait for other refusals too (%#)',
    async (answer) => {
      await expect(call(answer)).rejects.toMatchObject({ retryAfterMs: 60_000 });
    },
  );
});
