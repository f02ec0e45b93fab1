import { beforeEach, describe, expect, it } from 'vitest';
import { createOpenKey, OPEN_KEY } from '@/lib/vault/open-key';
import { bytesOf } from '../../builders/keys';
import { memoryArea } from '../../fakes/memory-area';

const clock = { now: () => Date.parse('2026-06-01T08:00:00Z') };
const stored = { key: Buffer.from(bytesOf(5)).toString('base64'), at: clock.now() };

/** Session storage whose answers come when the test lets them, with what was there when they were asked for. */
function slowArea() {
  const { area, held } = memoryArea();
  const waiting: (() => void)[] = [];
  const get = async (key: string) => {
    const value = await area.get(key);
    await new Promise<void>((resolve) => waiting.push(resolve));
    return value;
  };
  return {
    area: { ...area, get },
    held,
    /** Lets the answer to the oldest question come; those who heard of it go on. */
    async answer() {
      waiting.shift()?.();
      await new Promise((resolve) => setTimeout(resolve));
    },
    asked: () => new Promise((resolve) => setTimeout(resolve)),
  };
}

describe('the key of an open vault', () => {
  let session: ReturnType<typeof slowArea>;
  beforeEach(() => {
    session = slowArea();
  });
  const settle = async (work: Promise<unknown>) => {
    let over = false;
    const done = work.finally(() => {
      over = true;
    });
    while (!over) await session.answer();
    return done;
  };

  it('is not lost to a question that was asked before it was put there and is answered after', async () => {
    const open = createOpenKey(session.area, clock);
    const early = open.get();
    await session.asked();
    await open.put(bytesOf(7));
    await settle(early);
    expect(await settle(open.get())).toEqual(bytesOf(7));
  });

  it('does not come back by a question that was asked before it was forgotten and is answered after', async () => {
    session.held[OPEN_KEY] = stored;
    const open = createOpenKey(session.area, clock);
    const cleared = open.clear();
    const late = open.get();
    await session.asked();
    await session.answer();
    await settle(Promise.all([cleared, late]));
    expect(session.held).toEqual({});
    expect(await settle(open.get())).toBeNull();
    expect(await settle(open.isOver())).toBe(false);
  });

  it('is found by a worker that was not there when it was put', async () => {
    session.held[OPEN_KEY] = stored;
    expect(await settle(createOpenKey(session.area, clock).get())).toEqual(bytesOf(5));
  });

  it.each([7, 'text', {}, { key: 'AAAA', at: 1 }, { key: '???', at: 1 }, { key: stored.key, at: 'noon' }])(
    'is none when %j is stored',
    async (value) => {
      session.held[OPEN_KEY] = value;
      expect(await settle(createOpenKey(session.area, clock).get())).toBeNull();
    },
  );
});
