import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createDescriptions } from '@/entrypoints/background/descriptions';
import type { ObjectDescription } from '@/lib/connectors/creation-contract';
import { AppError } from '@/lib/shared/errors';
import { described, describedObject } from '../../builders/description';
import { fakeClock } from '../../fakes/fake-clock';

vi.mock('wxt/browser', () => ({ browser: {} }));

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

describe('the description of an object', () => {
  let boxes: Map<string, unknown>;
  let asked: number;
  let clock: ReturnType<typeof fakeClock>;
  let answer: () => Promise<ObjectDescription>;
  beforeEach(() => {
    boxes = new Map();
    asked = 0;
    clock = fakeClock();
    answer = async () => describedObject([described(`Answer${asked}`)]);
  });

  const place = () => ({
    id: 'c1',
    boxes: {
      get: async (name: string) => structuredClone(boxes.get(name) ?? null),
      put: async (name: string, value: unknown) => void boxes.set(name, structuredClone(value)),
    },
    writer: {
      describe: () => {
        asked += 1;
        return answer();
      },
    },
  });
  /** One life of the worker: what it keeps in memory dies with it. */
  const worker = () => createDescriptions(() => clock.now());
  const nameIn = async (descriptions = worker()) => (await descriptions.get(place(), 'lead')).fields[0]?.name;

  it('is asked for once, however many forms are opened at the same time', async () => {
    const one = worker();
    expect(await Promise.all([nameIn(one), nameIn(one)])).toEqual(['Answer1', 'Answer1']);
    expect(asked).toBe(1);
  });

  it('is there without a call after the worker was stopped', async () => {
    await nameIn();
    await expect.poll(() => boxes.size).toBe(1);
    expect([await nameIn(), asked]).toEqual(['Answer1', 1]);
  });

  it('is given at once and asked for anew behind that when it is older than ten minutes', async () => {
    const one = worker();
    await nameIn(one);
    clock.wait(11 * MINUTE);
    expect(await nameIn(one)).toBe('Answer1');
    expect(asked).toBe(2);
    await expect.poll(() => nameIn(one)).toBe('Answer2');
  });

  it('stays when the CRM cannot be asked anew', async () => {
    const one = worker();
    await nameIn(one);
    clock.wait(DAY);
    answer = () => Promise.reject(new AppError('crm.offline'));
    expect(await nameIn(one)).toBe('Answer1');
  });

  it('is not used when it is older than a week', async () => {
    const one = worker();
    await nameIn(one);
    clock.wait(8 * DAY);
    expect(await nameIn(one)).toBe('Answer2');
  });

  it('is asked for anew when the CRM has refused what it allows', async () => {
    const one = worker();
    await nameIn(one);
    await one.outdate(place(), 'lead');
    expect(await nameIn(one)).toBe('Answer2');
  });

  it('is not taken from an older version of Sidelight, or from a damaged box', async () => {
    boxes.set('form-descriptions', { version: 0, kept: { lead: { at: clock.now(), description: describedObject([]) } } });
    expect(await nameIn()).toBe('Answer1');
    const damaged = { ...place(), boxes: { ...place().boxes, get: () => Promise.reject(new AppError('vault.tampered')) } };
    expect((await worker().get(damaged, 'lead')).fields[0]?.name).toBe('Answer2');
  });

  it('passes on why the CRM could not be asked, and asks again the next time', async () => {
    const one = worker();
    answer = () => Promise.reject(new AppError('crm.forbidden'));
    await expect(nameIn(one)).rejects.toMatchObject({ code: 'crm.forbidden' });
    answer = async () => describedObject([described('Now')]);
    expect(await nameIn(one)).toBe('Now');
  });
});
