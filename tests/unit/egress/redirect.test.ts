import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf } from '../../builders/codes';
import { egress, get, ORIGIN } from './network';

/** A server that answers `/301` and so on with a redirect to `/elsewhere`, and keeps what it was asked for. */
const asked: string[] = [];
const server = createServer((request, response) => {
  asked.push(request.url ?? '');
  const status = Number(request.url?.slice(1));
  if (status) response.writeHead(status, { location: '/elsewhere' }).end();
  else response.end('the target');
});
const overTheNet = (url: string, init: RequestInit) =>
  fetch(url.replace(ORIGIN, `http://127.0.0.1:${(server.address() as AddressInfo).port}`), init);

/** The redirect as browsers show it; nothing but a browser's own fetch can make one. */
const opaque = async () =>
  Object.defineProperties(new Response(null), { type: { value: 'opaqueredirect' }, status: { value: 0 } });

describe('given a CRM that redirects', () => {
  beforeAll(() => new Promise<void>((done) => void server.listen(0, '127.0.0.1', done)));
  afterAll(() => new Promise<void>((done) => void server.close(() => done())));

  describe.each(['send', 'stream'] as const)('%s', (way) => {
    it.each([301, 302, 303, 307, 308])('does not follow a %i: it is no answer', async (status) => {
      asked.length = 0;
      const call = egress(overTheNet)[way];
      expect(await codeOf(call({ method: 'POST', url: `${ORIGIN}/${status}`, body: 'x' }))).toBe('crm.answer-unreadable');
      expect(asked).toEqual([`/${status}`]);
    });

    it('takes the redirect that a browser shows for no answer either, and not for a broken network', async () => {
      expect(await codeOf(egress(opaque)[way](get(`${ORIGIN}/x`)))).toBe('crm.answer-unreadable');
    });

    it.each([300, 304])('leaves a %i to the caller, since it sends nobody elsewhere', async (status) => {
      expect((await egress(overTheNet)[way](get(`${ORIGIN}/${status}`))).status).toBe(status);
    });
  });
});
