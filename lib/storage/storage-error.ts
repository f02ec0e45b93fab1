import { AppError } from '@/lib/shared/errors';

/** Why a write has failed: no room (Chromium aborts a transaction that finds none when it is committed), or an unusable store. */
export function asStorageError(cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  const name = cause instanceof Error ? cause.name : '';
  return new AppError(name === 'QuotaExceededError' || name === 'AbortError' ? 'storage.quota' : 'storage.unreadable', { cause });
}
