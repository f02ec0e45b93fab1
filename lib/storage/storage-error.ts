import { AppError } from '@/lib/shared/errors';

/** Why a write failed: no room, or a store that cannot be used. */
export function asStorageError(cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  const name = cause instanceof Error ? cause.name : '';
  return new AppError(name === 'QuotaExceededError' || name === 'AbortError' ? 'storage.quota' : 'storage.unreadable', { cause });
}
