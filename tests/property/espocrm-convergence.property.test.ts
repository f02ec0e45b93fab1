import fc from 'fast-check';
import { describe, it } from 'vitest';
import { type EspoScene, espoScene, expectEqual, visibleRows, whole } from '../contract/espocrm-scene';

/**
 * Whatever happens in EspoCRM and on the way to it, and wherever the worker dies: one undisturbed run later the copy is what
 * the CRM holds.
 */
const MINUTE = 60_000;
const SMALL = { accounts: 12, contacts: 230, leads: 25, opportunities: 12, tasks: 15 };

type Step = (scene: EspoScene, at: number) => Promise<unknown> | unknown;

const pick = (scene: EspoScene, object: Parameters<typeof visibleRows>[1], at: number) => {
  const rows = visibleRows(scene.crm, object);
  return rows[at % Math.max(1, rows.length)]?.id;
};
const ifAny = (id: string | undefined, work: (id: string) => unknown) => (id === undefined ? undefined : work(id));

/** What may happen, in words that a failure prints. */
const STEPS: Record<string, Step> = {
  'an Account is renamed': ({ crm, ...scene }, at) =>
    ifAny(pick({ crm, ...scene }, 'account', at), (id) => crm.sandbox.store.update('Account', id, { name: `Renamed ${at}` })),
  'a Contact is added': ({ crm }, at) => crm.sandbox.store.insert('Contact', { lastName: `New ${at}` }),
  'a Contact is deleted': (scene, at) => ifAny(pick(scene, 'contact', at), (id) => scene.crm.sandbox.store.remove('Contact', id)),
  'one is deleted and one is added': (scene, at) => {
    scene.crm.sandbox.store.insert('Task', { name: `New ${at}` });
    return ifAny(pick(scene, 'task', at), (id) => scene.crm.sandbox.store.remove('Task', id));
  },
  'a deleted Contact is restored': ({ crm }) => {
    const { store } = crm.sandbox;
    const gone = deleted(crm, 'Contact');
    return gone && store.restore('Contact', gone);
  },
  'an Account is hidden': (scene, at) => ifAny(pick(scene, 'account', at), (id) => scene.crm.sandbox.store.hide('Account', id)),
  'a Lead is converted': (scene, at) =>
    ifAny(pick(scene, 'lead', at), (id) => scene.crm.sandbox.store.update('Lead', id, { status: 'Converted' })),
  'an import stamps all Contacts alike': (scene) => {
    for (const { id } of visibleRows(scene.crm, 'contact')) scene.crm.sandbox.store.update('Contact', id, { title: 'Loaded' });
  },
  'a change is committed late': (scene, at) => {
    const { store } = scene.crm.sandbox;
    const modifiedAt = new Date(store.clock.now() - 5 * MINUTE).toISOString().slice(0, 19).replace('T', ' ');
    return ifAny(pick(scene, 'opportunity', at), (id) => store.update('Opportunity', id, { name: `Late ${at}`, modifiedAt }));
  },
  'an hour goes by': ({ crm }) => crm.sandbox.store.clock.advance(60 * MINUTE),
  'a run': (scene) => scene.sync(),
  'a run in small batches': (scene) => scene.sync({ batchRecords: 10 }),
  'a run that is cut off': (scene, at) => disturbed(scene, at, { kind: 'drop', times: Number.POSITIVE_INFINITY }),
  'a run with half an answer': (scene, at) => disturbed(scene, at, { kind: 'truncate' }),
  'a run with a page of the network': (scene, at) => disturbed(scene, at, { kind: 'html' }),
  'a run that is ended': async (scene, at) => {
    const ending = new AbortController();
    let pages = 0;
    const onProgress = () => {
      pages += 1;
      if (pages > at % 9) ending.abort();
    };
    await scene.sync({ batchRecords: 10, signal: ending.signal, onProgress });
    scene.restart();
  },
};

/** A record that was deleted, if there is one. */
function deleted({ sandbox }: EspoScene['crm'], type: string): string | undefined {
  return sandbox.store.deleted(type)[0]?.id;
}

async function disturbed(scene: EspoScene, at: number, fault: { kind: 'drop' | 'truncate' | 'html'; times?: number }) {
  const planted = scene.crm.sandbox.faults.next({ ...fault, skip: at % 24 });
  await scene.sync({ batchRecords: 10 });
  planted.remove();
  scene.restart();
}

describe('the copy of an EspoCRM', () => {
  it('is what the CRM holds after any sequence of changes, faults and kills', { timeout: 240_000 }, async () => {
    const names = Object.keys(STEPS);
    const step = fc.tuple(fc.constantFrom(...names), fc.nat(200));
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 14 }), fc.boolean(), async (steps, isCounted) => {
        const scene = await espoScene(SMALL);
        if (!isCounted) for (const type of ['Account', 'Contact', 'Task']) scene.crm.sandbox.settings.uncounted.add(type);
        for (const [name, at] of steps) await STEPS[name]?.(scene, at);
        scene.crm.sandbox.store.clock.advance(60 * MINUTE);
        await whole(scene.sync({ approved: new Set(['account', 'contact', 'lead', 'opportunity', 'task']) }));
        await expectEqual(scene);
      }),
      { numRuns: Number(process.env.SIDELIGHT_RUNS ?? 40), verbose: 1 },
    );
  });
});
