import { beforeEach, describe, expect, it } from 'vitest';
import { type CatchUp, createCatchUp, type PlanArea } from '@/lib/sync/catch-up';
import { catchUpAt } from '@/lib/sync/schedule';
import { fakeClock } from '../../fakes/fake-clock';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The session area: it outlives the worker. */
function area(): PlanArea & { keys(): string[] } {
  const held = new Map<string, string>();
  return {
    keys: () => [...held.keys()],
    remove: async (key) => {
      held.delete(key);
    },
    get: async (key) => JSON.parse(held.get(key) ?? 'null'),
    set: async (key, value) => {
      held.set(key, JSON.stringify(value));
    },
  };
}

describe('making up for runs that were missed', () => {
  let clock: ReturnType<typeof fakeClock>;
  let session: ReturnType<typeof area>;
  let catchUp: CatchUp;
  beforeEach(() => {
    clock = fakeClock();
    session = area();
    catchUp = createCatchUp(session, clock);
  });
  const missed = (id: string) => ({ id, due: clock.now() - 8 * HOUR });
  const just = (id: string) => ({ id, due: clock.now() - MINUTE });

  it('starts at once what is due in the usual way, and what never ran', async () => {
    expect(await catchUp.startable([just('a'), { id: 'b', due: 0 }])).toEqual(['a', 'b']);
    expect(await catchUp.earliest()).toBeNull();
  });

  it('leaves nothing in the session area when nothing is planned, so that a locked Sidelight has none', async () => {
    await catchUp.startable([just('a')]);
    expect(session.keys()).toEqual([]);
    await catchUp.startable([missed('a')]);
    expect(session.keys()).toEqual(['catch-up']);
    await catchUp.startable([]);
    expect(session.keys()).toEqual([]);
  });

  it('plans what was missed within ten minutes, each connection at its own moment', async () => {
    expect(await catchUp.startable([missed('a'), just('b'), missed('c')])).toEqual(['b']);
    const planned = Math.min(catchUpAt(clock.now(), 'a'), catchUpAt(clock.now(), 'c'));
    expect(await catchUp.earliest()).toBe(planned);
    expect(planned - clock.now()).toBeLessThan(10 * MINUTE);
  });

  it('does not put a plan off when it is looked at again, by this worker or the next', async () => {
    const due = [missed('a')];
    await catchUp.startable(due);
    const planned = await catchUp.earliest();
    clock.wait(30_000);
    await catchUp.startable(due);
    expect(await catchUp.earliest()).toBe(planned);
    const next = createCatchUp(session, clock);
    await next.startable(due);
    expect(await next.earliest()).toBe(planned);
  });

  it('starts it when its moment has come, and forgets the plan', async () => {
    const due = [missed('a')];
    await catchUp.startable(due);
    clock.set((await catchUp.earliest()) ?? 0);
    expect(await catchUp.startable(due)).toEqual(['a']);
    expect(await catchUp.earliest()).toBeNull();
  });

  it('forgets a plan when the run has been made meanwhile', async () => {
    await catchUp.startable([missed('a')]);
    await catchUp.startable([]);
    expect(await catchUp.earliest()).toBeNull();
  });

  it('plans anew when the plan itself was slept through', async () => {
    const due = [missed('a')];
    await catchUp.startable(due);
    clock.wait(14 * HOUR);
    expect(await catchUp.startable(due)).toEqual([]);
    expect(await catchUp.earliest()).toBe(catchUpAt(clock.now(), 'a'));
  });

  it('plans anew when what is kept cannot be read', async () => {
    await session.set('catch-up', { a: 'soon' });
    expect(await catchUp.startable([missed('a')])).toEqual([]);
    expect(await catchUp.earliest()).toBe(catchUpAt(clock.now(), 'a'));
  });
});
