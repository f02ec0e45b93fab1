import { afterEach, describe, expect, it, vi } from 'vitest';
import { AppError, ERROR_CODES, isErrorCode, mayRetry, toAppError } from '@/lib/shared/errors';
import { log, logFailure } from '@/lib/shared/logger';
import { englishSentence, SENTENCE_KEYS, sentenceFor } from '../../builders/sentence';

describe('the table of errors', () => {
  it.each(ERROR_CODES)('%s has a sentence for the user that ends, and names no code', (code) => {
    const sentence = englishSentence(code);
    expect(sentence).toMatch(/^[A-Z].*\.$/);
    expect(sentence).not.toContain(code);
  });

  it('has no sentence that belongs to no code', () => {
    expect([...SENTENCE_KEYS].sort()).toEqual(ERROR_CODES.map((code) => code.replace(/[.-]/g, '_')).sort());
  });

  it('never promises to try again by itself what it will not retry', () => {
    const promising = ERROR_CODES.filter((code) => /by itself|goes on when/.test(sentenceFor(code)));
    expect(promising.length).toBeGreaterThan(3);
    expect(promising.filter((code) => !mayRetry(code))).toEqual([]);
  });

  it.each(['constructor', 'toString', '__proto__', '', 'auth', 7, null, undefined])('%j is no code', (value) => {
    expect(isErrorCode(value)).toBe(false);
  });
});

describe('AppError', () => {
  it('says its code and nothing else', () => {
    const error = new AppError('crm.busy', { cause: new Error('Jane'), retryAfterMs: 5 });
    expect(`${error}`).toBe('AppError: crm.busy');
    expect(JSON.stringify(error)).not.toContain('Jane');
    expect(error.retryAfterMs).toBe(5);
  });

  it('stays itself when it is passed on, and becomes "unexpected" when it was something else', () => {
    const known = new AppError('vault.locked');
    expect(toAppError(known)).toBe(known);
    const cause = new TypeError('x');
    expect(toAppError(cause)).toMatchObject({ code: 'unexpected', cause });
    expect(toAppError(undefined).code).toBe('unexpected');
  });
});

describe('the log', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('writes allow-listed fields and drops whatever else it is handed', () => {
    const line = vi.spyOn(console, 'info').mockImplementation(() => undefined);
    const fields = { code: 'crm.busy', object: 'lead', count: 3, email: 'jane@example.org' } as const;
    log('sync-failed', fields);
    expect(line.mock.calls).toEqual([['sidelight', 'sync-failed', '{"code":"crm.busy","object":"lead","count":3}']]);
  });

  it('writes of a failed task its code alone', () => {
    const line = vi.spyOn(console, 'info').mockImplementation(() => undefined);
    logFailure(new AppError('unexpected', { cause: new Error('Jane Doe') }));
    expect(JSON.stringify(line.mock.calls)).toContain('unexpected');
    expect(JSON.stringify(line.mock.calls)).not.toContain('Jane');
  });
});
