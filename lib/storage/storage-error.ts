import { AppError } from '@/lib/shared/errors';

/** Why a write has failed. Chromium aborts a transaction that finds no room when it is committed. */
export function asWriteError(cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  const name = cause instanceof Error ? cause.name : '';
  return new AppError(name === 'QuotaExceededError' || name === 'AbortError' ? 'storage.quota' : 'storage.unreadable', { cause });
}
