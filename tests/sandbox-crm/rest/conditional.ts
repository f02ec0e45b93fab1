/** Answers that are only sent when they changed since the client last had them. */
import { apiError } from '../http/api-error.ts';
import type { Row } from '../org/table.ts';
import { parseDateTime } from '../org/wire-time.ts';
import type { DataContext } from './request.ts';

/** As real answers write it: no zero before the day, `Wed, 6 May 2026 09:49:20 GMT`. */
const httpDate = (ms: number) => new Date(ms).toUTCString().replace(', 0', ', ');

/**
 * Refuses a change of a record that somebody has changed since: HTTP dates have whole seconds.
 * @throws ApiError 412 PRECONDITION_FAILED
 */
export function assertUnmodified(row: Row, unmodifiedSince: string | undefined): void {
  const allowed = Date.parse(unmodifiedSince ?? '');
  const modified = parseDateTime(String(row.LastModifiedDate)) ?? 0;
  if (Number.isNaN(allowed) || Math.floor(modified / 1000) * 1000 <= allowed) return;
  throw apiError(412, 'PRECONDITION_FAILED', 'The specified header condition was not met.');
}

/** The body with its `Last-Modified` and `ETag`, or 304 without one. @param changedAt milliseconds */
export function unlessKnown(c: DataContext, changedAt: number, body: () => object): Response {
  const modified = Math.floor(changedAt / 1000);
  const etag = `"${modified.toString(16)}"`;
  c.header('last-modified', httpDate(changedAt));
  c.header('etag', etag);
  const known = Date.parse(c.req.header('if-modified-since') ?? '') / 1000;
  if (known >= modified || c.req.header('if-none-match') === etag) return c.body(null, 304);
  return c.json(body());
}
