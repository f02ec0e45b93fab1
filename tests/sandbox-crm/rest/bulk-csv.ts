/** The result of a bulk query as CSV, made while it is sent: no part of it lies in memory longer than that takes. */
import type { Value } from '../org/table.ts';
import { DELIMITERS } from './bulk-jobs.ts';
import type { QueryJob } from './bulk-jobs.ts';

const ROWS_A_PIECE = 1000;

/** Rows `from` up to, not including, `to`, below a header line. */
export function csvOf(job: QueryJob, from: number, to: number): ReadableStream<Uint8Array> {
  const delimiter = DELIMITERS[job.columnDelimiter];
  const end = job.lineEnding === 'CRLF' ? '\r\n' : '\n';
  const cells = job.columns.map(({ get, descriptor }) => ({ get, write: descriptor.type === 'datetime' ? dateTime : plain }));
  const encoder = new TextEncoder();
  let next = from;
  let text = job.columns.map(({ path }) => plain(path)).join(delimiter) + end;
  return new ReadableStream({
    pull(controller) {
      const stop = Math.min(next + ROWS_A_PIECE, to);
      for (; next < stop; next++) {
        const row = job.rows[next];
        if (!row) continue;
        let separator = '';
        for (const { get, write } of cells) {
          text += separator + write(get(row));
          separator = delimiter;
        }
        text += end;
      }
      controller.enqueue(encoder.encode(text));
      text = '';
      if (next >= to) controller.close();
    },
  });
}

/** Always in quotes; nothing between them for null. */
function plain(value: Value): string {
  if (value === null) return '""';
  const text = String(value);
  return text.includes('"') ? `"${text.replaceAll('"', '""')}"` : `"${text}"`;
}

/** Files end times in `Z` where JSON has `+0000`. */
const dateTime = (value: Value) => (value === null ? '""' : `"${String(value).replace('+0000', 'Z')}"`);
