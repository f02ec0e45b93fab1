import { describe, expect, it } from 'vitest';
import { askTogether, type Part } from '@/lib/connectors/salesforce/composite';
import type { EgressRequest } from '@/lib/egress/egress';
import { codeOf } from '../../../builders/codes';
import { html, json } from '../../../fakes/fake-send';
import { clientOn } from './session';

const describes = (count: number, from = 0): Part[] =>
  Array.from({ length: count }, (_, n) => ({ ref: `d${from + n}`, path: `/sobjects/D${from + n}/describe` }));
const queries = (count: number): Part[] => Array.from({ length: count }, (_, n) => ({ ref: `q${n}`, path: `/query?q=${n}` }));

interface Asked {
  method: string;
  url: string;
  referenceId: string;
  httpHeaders?: Record<string, string>;
}
const askedIn = ({ body }: EgressRequest): Asked[] => JSON.parse(body ?? '').compositeRequest;

/** A CRM that answers each part with its own address, or as told. */
const answering = (own: (asked: Asked) => { status: number; body: unknown } = ({ url }) => ({ status: 200, body: url })) =>
  clientOn((request) =>
    json({
      compositeResponse: askedIn(request).map((asked) => {
        const { status, body } = own(asked);
        return { body, httpHeaders: {}, httpStatusCode: status, referenceId: asked.referenceId };
      }),
    }),
  );

describe('questions that are asked together', () => {
  it.each<[string, Part[], number[]]>([
    ['nothing', [], []],
    ['eleven questions', [...describes(6), ...queries(5)], [11]],
    ['five queries', queries(5), [5]],
    ['six queries', queries(6), [5, 1]],
    ['twenty-five descriptions', describes(25), [25]],
    ['twenty-six descriptions', describes(26), [25, 1]],
    ['more of both', [...queries(12), ...describes(40)], [25, 25, 2]],
  ])('need as few calls as their limits allow: %s', async (_, parts, sizes) => {
    const { client, network } = answering();
    const answers = await askTogether(client, parts);
    const calls = network.sent.map(askedIn);
    expect(calls.map((call) => call.length)).toEqual(sizes);
    for (const call of calls) expect(call.filter(({ url }) => url.includes('/query')).length).toBeLessThanOrEqual(5);
    expect(
      calls
        .flat()
        .map(({ referenceId }) => referenceId)
        .sort(),
    ).toEqual(parts.map(({ ref }) => ref).sort());
    expect(answers.size).toBe(parts.length);
  });

  it('fill the calls that there are before another is made', async () => {
    const { client, network } = answering();
    await askTogether(client, [...queries(6), ...describes(3)]);
    expect(network.sent.map((call) => askedIn(call).map(({ referenceId }) => referenceId))).toEqual([
      ['q0', 'q1', 'q2', 'q3', 'q4', 'd0', 'd1', 'd2'],
      ['q5'],
    ]);
  });

  it('are sent to the API with their own headers, and each gets its own answer', async () => {
    const { client, network } = answering();
    const [first] = describes(1);
    const parts: Part[] = [{ ...(first ?? { ref: 'd0', path: '' }), headers: { 'If-Modified-Since': 'then' } }, ...queries(6)];
    const answers = await askTogether(client, parts);
    expect(network.sent.map(({ method, url }) => `${method} ${new URL(url).pathname}`)).toEqual([
      'POST /services/data/v62.0/composite',
      'POST /services/data/v62.0/composite',
    ]);
    expect(network.sent[0] && askedIn(network.sent[0])[0]).toEqual({
      method: 'GET',
      url: '/services/data/v62.0/sobjects/D0/describe',
      referenceId: 'd0',
      httpHeaders: { 'If-Modified-Since': 'then' },
    });
    expect(answers.get('q5')).toEqual({ status: 200, body: '/services/data/v62.0/query?q=5' });
    expect(answers.size).toBe(7);
  });

  it('are answered each for itself: one that is refused does not spoil the others', async () => {
    const { client } = answering(({ referenceId }) =>
      referenceId === 'q1' ? { status: 400, body: [{ errorCode: 'INVALID_FIELD' }] } : { status: 304, body: null },
    );
    const answers = await askTogether(client, queries(3));
    expect([...answers.values()].map(({ status }) => status)).toEqual([304, 400, 304]);
  });

  it.each([
    ['is a page', () => html(200), 'crm.answer-unreadable'],
    ['is something else', () => json({ hello: 1 }), 'crm.answer-unreadable'],
    ['lacks a part', () => json({ compositeResponse: [] }), 'crm.answer-unreadable'],
    ['is maintenance', () => html(503), 'crm.unavailable'],
    ['is a refusal', () => json([{ errorCode: 'API_DISABLED_FOR_ORG', message: 'm' }], 403), 'crm.forbidden'],
  ])('fail as a whole when the answer %s', async (_, answer, code) => {
    expect(await codeOf(askTogether(clientOn(answer).client, queries(1)))).toBe(code);
  });

  it('are asked again when the answer was cut off behind a bracket, which looks whole', async () => {
    let calls = 0;
    const { client, network } = clientOn(() => {
      calls += 1;
      const whole = json({ compositeResponse: [{ body: 'x', httpHeaders: {}, httpStatusCode: 200, referenceId: 'q0' }] });
      return calls > 1 ? whole : { ...whole, body: whole.body.slice(0, whole.body.indexOf('}') + 1) };
    });
    const answers = await askTogether(client.forRun({ signal: new AbortController().signal, reserve: 0 }), queries(1));
    expect(answers.get('q0')?.body).toBe('x');
    expect(network.sent).toHaveLength(2);
  });
});
