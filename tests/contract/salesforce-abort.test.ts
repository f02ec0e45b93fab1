import { describe, expect, it } from 'vitest';
import { DAY, expectEqual, rowOf, type Scene, salesforceScene, SMALL, SMALL_JOBS, whole } from './salesforce-scene';

const FOR_EVER = Number.POSITIVE_INFINITY;

/** A scene that ends its run when a request or a wait of its is under way for the `nth` time. */
async function endedAt(when: { request: RegExp } | { wait: true }, nth = 1) {
  const ended = new AbortController();
  let seen = 0;
  const look = () => {
    seen += 1;
    // The call itself gets no answer before: whoever waits for it has to give up waiting.
    if (seen === nth) queueMicrotask(() => ended.abort());
  };
  const scene: Scene = await salesforceScene(
    { ...SMALL, accounts: 60, contacts: 130 },
    {
      // Leads are few enough for pages.
      jobSizes: { ...SMALL_JOBS, from: 60 },
      beforeRequest(request, body) {
        if ('request' in when && when.request.test(decodeURIComponent(request) + body)) look();
      },
      onWait() {
        if ('wait' in when) look();
        return ended.signal.aborted ? undefined : new Promise((resolve) => queueMicrotask(() => resolve(undefined)));
      },
    },
  );
  return { scene, ended };
}

/** The run ends with the signal's reason, the CRM is not asked again, and the next run ends with an equal copy. */
async function expectEnded({ scene, ended }: Awaited<ReturnType<typeof endedAt>>): Promise<void> {
  const report = await scene.sync({ signal: ended.signal, batchRecords: 10 });
  expect(ended.signal.aborted).toBe(true);
  expect(report.failure).toBe(ended.signal.reason);
  const asked = scene.crm.sandbox.log.requests.length;
  await new Promise((resolve) => setImmediate(resolve));
  expect(scene.crm.sandbox.log.requests.length).toBe(asked);
  scene.crm.sandbox.faults.clear();
  scene.restart();
  await whole(scene.sync());
  await expectEqual(scene);
}

describe('a run of Salesforce that is ended', () => {
  it.each([
    ['the opening', /composite/, 1],
    ['the counts', /composite/, 2],
    ['a page of a query', /query\/0r8/, 1],
    ['the making of a job', /^POST .*jobs\/query\{/, 1],
    ['the poll of a job', /GET .*jobs\/query\/\w+$/, 1],
    ['a part of a result', /results/, 2],
    ['the deleting of a job', /DELETE/, 1],
  ])('ends while a call is under way: %s', async (_, request, nth) => {
    await expectEnded(await endedAt({ request }, nth));
  });

  it('ends while a call is under way that gets no answer', async () => {
    const { scene, ended } = await endedAt({ request: /query\/0r8/ });
    // Nothing comes back before the run has been ended, so that only the signal can have ended the call.
    scene.crm.sandbox.settings.latencyMs = ({ path }) => (path.includes('0r8') ? 3000 : 0);
    const report = await scene.sync({ signal: ended.signal });
    expect(ended.signal.aborted).toBe(true);
    expect(report.failure).toBe(ended.signal.reason);
    expect(scene.crm.sandbox.log.requests.at(-1)?.status).toBe(0);
  });

  it('ends in the middle of an answer that comes piece by piece', async () => {
    const { scene, ended } = await endedAt({ request: /results/ }, FOR_EVER);
    scene.crm.sandbox.faults.next({ kind: 'slow', bytesPerPiece: 500, pauseMs: 1, match: { path: /results/ }, times: FOR_EVER });
    const onProgress = ({ object, done }: { object: string; done: number }) => {
      if (object === 'contact' && done > 15) ended.abort();
    };
    const report = await scene.sync({ signal: ended.signal, onProgress, batchRecords: 10 });
    expect(ended.signal.aborted).toBe(true);
    expect(report.failure).toBe(ended.signal.reason);
    expect(report.objects.contact?.received).toBeGreaterThan(0);
    scene.crm.sandbox.faults.clear();
    scene.restart();
    await whole(scene.sync());
    await expectEqual(scene);
  });

  it('ends while it waits for a job', async () => {
    await expectEnded(await endedAt({ wait: true }, 1));
  });

  it('ends while it waits for a CRM that is down', async () => {
    const told = await endedAt({ wait: true }, 1);
    told.scene.crm.sandbox.faults.next({ kind: 'maintenance', match: { path: /composite/ }, times: FOR_EVER });
    await expectEnded(told);
    expect(told.scene.crm.waits[0]).toBeLessThan(2000);
  });

  it('ends while it waits as long as the CRM has asked for', async () => {
    const told = await endedAt({ wait: true }, 1);
    told.scene.crm.sandbox.faults.next({ kind: 'too-many-requests', retryAfter: '50', match: { path: /composite/ } });
    await expectEnded(told);
  });

  it.each([
    ['by pages', 20_000],
    ['by a job', 50],
  ])('ends in the middle of a comparison of all ids, %s', async (_, from) => {
    const ended = new AbortController();
    const scene: Scene = await salesforceScene(
      { ...SMALL, contacts: 130 },
      {
        jobSizes: { from, part: 40, group: 10 },
        beforeRequest(request, body) {
          const asked = decodeURIComponent(request) + body;
          const isContinued = scene.crm.sandbox.log.matching(/SELECT%20Id%20FROM/).length > 0 && /query\/0r8/.test(asked);
          if (asked.includes('SELECT Id FROM Contact') && from === 50) ended.abort();
          if (isContinued && from === 20_000) ended.abort();
        },
      },
    );
    await whole(scene.sync());
    scene.crm.sandbox.org.remove('Contact', rowOf(scene, 'contact').Id);
    scene.crm.sandbox.org.clock.advance(20 * DAY);
    const before = await scene.store.counts();
    expect((await scene.sync({ signal: ended.signal })).failure).toBe(ended.signal.reason);
    expect(ended.signal.aborted).toBe(true);
    expect((await scene.store.counts()).contact).toBe(before.contact);
    scene.restart();
    await whole(scene.sync());
    await expectEqual(scene);
  });

  it('does not begin when it was ended before', async () => {
    const scene = await salesforceScene();
    scene.crm.sandbox.log.clear();
    const signal = AbortSignal.abort();
    expect((await scene.sync({ signal })).failure).toBe(signal.reason);
    expect(scene.crm.sandbox.log.requests).toEqual([]);
  });
});
