import type { AppError, ErrorCode } from './errors';

/** What a line may hold. There is no free text, so neither a record nor a token can get into a log. */
export interface LogFields {
  code?: ErrorCode;
  request?: string;
  object?: string;
  count?: number;
  ms?: number;
}

/** Writes one event with allow-listed fields to the worker's console. Nothing leaves the machine. */
export function log(event: 'request-failed' | 'sync-failed' | 'background-task-failed', fields: LogFields): void {
  const { code, request, object, count, ms } = fields;
  console.info('sidelight', event, JSON.stringify({ code, request, object, count, ms }));
}

/** A failed task that nobody waits for, by its code alone. */
export function logFailure(error: AppError): void {
  log('background-task-failed', { code: error.code });
}
