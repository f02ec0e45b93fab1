import { beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '@/lib/shared/errors';
import { createWriteGate, type WriteGate } from '@/lib/storage/write-gate';
import { codeOf } from '../../builders/codes';

const turn = () => new Promise((resolve) => setTimeout(resolve));

describe('the gate of writes', () => {
  let gate: WriteGate;
  let begun: string[];
  beforeEach(() => {
    gate = createWriteGate();
    begun = [];
  });
  /** A write that ends when the test lets it. */
  function write(name: string) {
    const end = Promise.withResolvers<string>();
    const done = gate.run(() => {
      begun.push(name);
      return end.promise;
    });
    return { done, end: () => end.resolve(name), fail: (error: Error) => end.reject(error) };
  }

  it('lets writes through, side by side, and gives what they give', async () => {
    const [one, other] = [write('one'), write('other')];
    await turn();
    expect(begun).toEqual(['one', 'other']);
    other.end();
    one.end();
    expect(await Promise.all([one.done, other.done])).toEqual(['one', 'other']);
  });

  it('is shut when those that had begun are over, and not before', async () => {
    const [one, other] = [write('one'), write('other')];
    await turn();
    let isShut = false;
    const shut = gate.shut().then(() => {
      isShut = true;
    });
    one.end();
    await turn();
    expect(isShut).toBe(false);
    other.fail(new AppError('storage.quota'));
    expect(await codeOf(other.done)).toBe('storage.quota');
    await shut;
    expect(isShut).toBe(true);
  });

  it('keeps those that come then waiting, and lets them go on when it is opened', async () => {
    await gate.shut();
    const late = write('late');
    await turn();
    expect(begun).toEqual([]);
    gate.open();
    await turn();
    expect(begun).toEqual(['late']);
    late.end();
    expect(await late.done).toBe('late');
  });

  it('fails those that waited, and all that come later, when what they would write into is gone', async () => {
    await gate.shut();
    const [waiting, other] = [write('waiting'), write('other')];
    gate.discard(new AppError('vault.busy'));
    expect(await codeOf(waiting.done)).toBe('vault.busy');
    expect(await codeOf(other.done)).toBe('vault.busy');
    expect(await codeOf(write('later').done)).toBe('vault.busy');
    expect(begun).toEqual([]);
  });

  it('can be shut twice, and shut again after it was opened, before those that waited have begun', async () => {
    await Promise.all([gate.shut(), gate.shut()]);
    const late = write('late');
    gate.open();
    const again = gate.shut();
    await turn();
    // Whichever came first: a write is under way and waited for, or has not begun.
    if (begun.length > 0) late.end();
    await again;
    const before = begun.length;
    const later = write('later');
    await turn();
    expect(begun).toHaveLength(before);
    gate.open();
    late.end();
    later.end();
    expect(await Promise.all([late.done, later.done])).toEqual(['late', 'later']);
  });

  it('tells nobody of a discarding that nobody waited for', async () => {
    await gate.shut();
    gate.discard(new AppError('vault.busy'));
    await turn();
    expect(begun).toEqual([]);
  });
});
