import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EntryState, OutboxEntry } from '@/lib/creation/outbox/entry';
import { MOST_LOST, next, type OutboxEvent, SETTLED_MS } from '@/lib/creation/outbox/transitions';
import { AppError, ERROR_CODES, type ErrorCode } from '@/lib/shared/errors';
import { leadEntry } from '../../../builders/outbox';

const NOW = 1_000_000;
const following = (entry: OutboxEntry, event: OutboxEvent, now = NOW) => next(entry, event, now);
const sending = leadEntry({ state: { kind: 'sending' }, open: { since: NOW, last: NOW }, attempts: 1 });
const lost = leadEntry({
  state: { kind: 'waiting', why: 'create.unclear', until: NOW, tries: 0 },
  open: { since: NOW, last: NOW },
  attempts: 1,
});
const done: EntryState = { kind: 'done', id: '00Q1', taskIds: ['00T1'], how: 'created', at: NOW, undoable: true };
const failed = (code: ErrorCode, retryAfterMs?: number): OutboxEvent => ({
  kind: 'failed',
  error: new AppError(code, { retryAfterMs }),
});

describe('an entry that is sent', () => {
  it('counts as perhaps created from before the call on', () => {
    expect(following(leadEntry(), { kind: 'begun' })).toMatchObject({
      state: { kind: 'sending' },
      open: { since: NOW, last: NOW },
      attempts: 1,
    });
  });

  it('is created when the CRM says so, with the tasks that came along', () => {
    const outcome = { kind: 'created', id: '00Q1', taskIds: ['00T1'], doubles: [] } as const;
    expect(
      following(sending, { kind: 'answered', outcome: { ...outcome, taskIds: [...outcome.taskIds], doubles: [] } }),
    ).toMatchObject({
      state: done,
      open: null,
    });
  });

  it('comes back to the user when the CRM finds fault with a field, or knows such a record', () => {
    const invalid = { kind: 'invalid' as const, fieldErrors: { Email: 'No' }, formErrors: [] };
    expect(following(sending, { kind: 'answered', outcome: invalid })).toMatchObject({ state: invalid, open: null });
    const duplicates = { kind: 'duplicates' as const, message: 'Known', allowSave: true, matches: [] };
    expect(following(sending, { kind: 'answered', outcome: duplicates })).toMatchObject({ state: duplicates, open: null });
  });

  it.each(['crm.limit', 'auth.reconnect', 'auth.session-ended', 'access.host-denied'] as const)(
    'waits after %s, and is certainly not there',
    (code) => {
      expect(following(sending, failed(code))).toMatchObject({ state: { kind: 'waiting', why: code }, open: null });
    },
  );

  it('waits as long as the CRM asks, longer each time by itself, and for a login without a time', () => {
    expect(following(sending, failed('crm.limit', 3_600_000))?.state).toMatchObject({ until: NOW + 3_600_000 });
    expect(following(sending, failed('crm.limit'))?.state).toMatchObject({ until: NOW + 30_000, tries: 1 });
    expect(following(sending, failed('auth.reconnect'))?.state).toMatchObject({ until: null });
  });

  it('comes back to the user after a refusal that would come again', () => {
    expect(following(sending, failed('crm.forbidden'))).toMatchObject({
      state: { kind: 'refused', why: 'crm.forbidden' },
      open: null,
    });
  });

  it.each(['create.unclear', 'crm.timeout', 'crm.offline', 'crm.answer-unreadable', 'unexpected', 'storage.quota'] as const)(
    'may be there after %s, and is looked for at once',
    (code) => {
      expect(following(sending, failed(code), NOW + 5)).toMatchObject({
        state: { kind: 'waiting', until: NOW + 5 },
        open: { since: NOW, last: NOW + 5 },
      });
    },
  );
});

describe('an entry whose answer was lost', () => {
  it('is created when the CRM has it', () => {
    expect(following(lost, { kind: 'looked', ids: ['00Q9', '00Q8'] })).toMatchObject({
      state: { kind: 'done', id: '00Q9', how: 'created' },
      open: null,
    });
  });

  it('is not sent again while the CRM may still be at work on it', () => {
    expect(following(lost, { kind: 'looked', ids: [] }, NOW + SETTLED_MS - 1)).toMatchObject({
      state: { kind: 'waiting', why: 'create.unclear', until: NOW + SETTLED_MS },
      open: lost.open,
    });
    expect(following(lost, { kind: 'begun' })).toBeNull();
  });

  it('is sent again when it is not there after that', () => {
    expect(following(lost, { kind: 'looked', ids: [] }, NOW + SETTLED_MS)).toMatchObject({
      state: { kind: 'queued' },
      open: null,
    });
  });

  it('is the user’s to judge when that has happened too often', () => {
    const often = { ...lost, attempts: MOST_LOST };
    const unclear = following(often, { kind: 'looked', ids: [] }, NOW + SETTLED_MS);
    expect(unclear).toMatchObject({ state: { kind: 'unclear', why: null }, open: lost.open });
    // The user wants it again: it is looked for once more, and the count begins anew.
    expect(unclear && following(unclear, { kind: 'retry', way: often.way })).toMatchObject({
      state: { kind: 'queued' },
      open: lost.open,
      attempts: 0,
    });
  });

  it('is the user’s to judge when it cannot be looked for, and sent again on their word', () => {
    const unclear = following(lost, { kind: 'look-failed', error: new AppError('crm.forbidden') });
    expect(unclear).toMatchObject({ state: { kind: 'unclear', why: 'crm.forbidden' }, open: lost.open });
    expect(unclear && following(unclear, { kind: 'retry', way: lost.way })).toMatchObject({
      state: { kind: 'queued' },
      open: null,
    });
  });

  it('is looked for again later when the CRM cannot be asked', () => {
    expect(following(lost, { kind: 'look-failed', error: new AppError('crm.offline') })).toMatchObject({
      state: { kind: 'waiting', why: 'crm.offline', until: NOW + 30_000 },
      open: lost.open,
    });
  });

  it('is not made into something else meanwhile', () => {
    expect(following(lost, { kind: 'retry', way: { kind: 'use', id: '00Q1' } })).toBeNull();
  });
});

describe('taking back', () => {
  it('works for a minute', () => {
    expect(following(leadEntry({ state: done }), { kind: 'undo' }, NOW + 59_999)?.state).toMatchObject({
      kind: 'undoing',
      of: done,
    });
    expect(following(leadEntry({ state: done }), { kind: 'undo' }, NOW + 60_000)).toBeNull();
  });

  it('is over when the record is gone, goes on when the CRM is away, and ends when it is not allowed', () => {
    const undoing = leadEntry({ state: { kind: 'undoing', of: done, why: null, until: NOW, tries: 0 } });
    expect(following(undoing, { kind: 'removed', gone: true })?.state).toEqual({ kind: 'undone', at: NOW });
    expect(following(undoing, { kind: 'removed', gone: false })?.state).toEqual({ ...done, undoable: false });
    expect(following(undoing, { kind: 'remove-failed', error: new AppError('crm.offline') })?.state).toMatchObject({
      kind: 'undoing',
      why: 'crm.offline',
      until: NOW + 30_000,
    });
    expect(following(undoing, { kind: 'remove-failed', error: new AppError('crm.forbidden') })?.state).toEqual({
      ...done,
      undoable: false,
    });
  });

  it('is not offered for a record that was there before', () => {
    expect(following(leadEntry({ state: { ...done, how: 'used' } }), { kind: 'undo' })).toBeNull();
  });
});

describe('a change of a record that is there', () => {
  const updating = leadEntry({ way: { kind: 'update', id: '00Q1', values: { Email: 'a@b.de' }, readAt: null } });

  it('is done, or shows what the CRM holds meanwhile', () => {
    expect(following(updating, { kind: 'updated', outcome: { kind: 'updated' } })?.state).toMatchObject({
      kind: 'done',
      how: 'updated',
    });
    const outcome = { kind: 'conflict' as const, current: { Email: 'x@y.de' }, modifiedAt: '2026-01-01' };
    expect(following(updating, { kind: 'updated', outcome })?.state).toMatchObject({
      kind: 'conflict',
      current: outcome.current,
    });
  });

  it('is done when the conflict is with itself: an answer had been lost', () => {
    const outcome = { kind: 'conflict' as const, current: { Email: 'a@b.de' }, modifiedAt: '2026-01-01' };
    expect(following(updating, { kind: 'updated', outcome })?.state).toMatchObject({ kind: 'done', how: 'updated' });
  });
});

describe('whatever happens in whatever order', () => {
  const error = fc.constantFrom(...ERROR_CODES).map((code) => new AppError(code));
  const way = fc.constantFrom<OutboxEntry['way']>(
    { kind: 'create', allowDuplicate: true },
    { kind: 'use', id: '00Q1' },
    { kind: 'update', id: '00Q1', values: { Email: 'a@b.de' }, readAt: null },
  );
  const event: fc.Arbitrary<OutboxEvent> = fc.oneof(
    fc.constantFrom<OutboxEvent>(
      { kind: 'begun' },
      { kind: 'answered', outcome: { kind: 'created', id: '00Q1', taskIds: [], doubles: [] } },
      { kind: 'answered', outcome: { kind: 'invalid', fieldErrors: {}, formErrors: ['No'] } },
      { kind: 'answered', outcome: { kind: 'duplicates', message: '', allowSave: true, matches: [] } },
      { kind: 'looked', ids: [] },
      { kind: 'looked', ids: ['00Q1'] },
      { kind: 'updated', outcome: { kind: 'gone' } },
      { kind: 'used' },
      { kind: 'no-basis', reasons: ['No'] },
      { kind: 'no-link' },
      { kind: 'offline' },
      { kind: 'undo' },
      { kind: 'removed', gone: true },
      { kind: 'removed', gone: false },
    ),
    error.map((one): OutboxEvent => ({ kind: 'failed', error: one })),
    error.map((one): OutboxEvent => ({ kind: 'look-failed', error: one })),
    error.map((one): OutboxEvent => ({ kind: 'update-failed', error: one })),
    error.map((one): OutboxEvent => ({ kind: 'remove-failed', error: one })),
    way.map((one): OutboxEvent => ({ kind: 'retry', way: one })),
  );

  it('nothing is sent while an earlier attempt may have arrived, and what was typed stays until the record is there', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(event, fc.integer({ min: 0, max: 200_000 })), { maxLength: 40 }), (events) => {
        let entry = leadEntry();
        let now = NOW;
        for (const [one, passed] of events) {
          now += passed;
          const then = next(entry, one, now);
          if (one.kind === 'begun' && then) expect(entry.open).toBeNull();
          if (then?.state.kind === 'sending') expect(then.open).not.toBeNull();
          // What only asks for another way keeps the doubt, but where the user's word is all there is.
          if (one.kind === 'retry' && then && entry.open && entry.state.kind !== 'unclear') expect(then.open).toEqual(entry.open);
          entry = then ?? entry;
          expect(entry.typed).toEqual(leadEntry().typed);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
