/** What faults do to an answer on its way to the client. Bodies are passed on as they come, however long they are. */
import { setTimeout as pause } from 'node:timers/promises';
import type { FaultKind } from './faults.ts';

/** Thrown for a connection cut before any answer. */
export class DroppedConnection extends Error {
  constructor() {
    super('The sandbox dropped the connection');
    this.name = 'DroppedConnection';
  }
}

/**
 * The CRM's answer with the damage the faults do to it.
 * @param cut closes the connection the request came by; undefined in process, where the body fails instead
 * @throws DroppedConnection for an answer without a body
 */
export async function damage(response: Response, faults: readonly FaultKind[], cut: (() => void) | undefined): Promise<Response> {
  let damaged = response;
  for (const fault of faults) {
    if (fault.kind === 'malformed-record' && isJson(damaged)) {
      const { damage, index = 0 } = fault;
      damaged = withBody(damaged, breakRecord(await damaged.text(), damage, index));
    }
    if (fault.kind === 'truncate') damaged = await truncated(damaged, fault.afterBytes);
    if (fault.kind === 'slow') damaged = inPieces(damaged, fault.bytesPerPiece, fault.pauseMs);
    if (fault.kind === 'drop' && fault.afterBytes !== undefined) damaged = cutAfter(damaged, fault.afterBytes, cut);
  }
  return damaged;
}

const isJson = ({ headers }: Response) => headers.get('content-type')?.startsWith('application/json') === true;

function withBody(response: Response, body: BodyInit): Response {
  const headers = new Headers(response.headers);
  headers.delete('content-length');
  return new Response(body, { status: response.status, headers });
}

interface QueryAnswer {
  records?: Record<string, unknown>[];
}

/** The record may stand in the answer of a query, or of one inside a composite request. */
function breakRecord(text: string, damage: 'no-id' | 'name-is-object' | 'modstamp-is-garbage', index: number): string {
  const page = JSON.parse(text) as QueryAnswer & { compositeResponse?: { body: QueryAnswer | null }[] };
  const inside = page.compositeResponse?.find(({ body }) => body?.records?.[index])?.body;
  const record = (inside ?? page).records?.[index];
  if (record && damage === 'no-id') delete record.Id;
  if (record && damage === 'name-is-object') record.Name = { unexpected: true };
  if (record && damage === 'modstamp-is-garbage') record.SystemModstamp = 'the day before yesterday';
  return JSON.stringify(page);
}

async function truncated(response: Response, afterBytes: number | undefined): Promise<Response> {
  if (!response.body) return response;
  const bytes = new Uint8Array(await response.arrayBuffer());
  const half = Math.floor(bytes.length / 2);
  // In a file, only the number of its records then tells that some are missing.
  const isCsv = response.headers.get('content-type')?.startsWith('text/csv') === true;
  return withBody(response, bytes.slice(0, afterBytes ?? (isCsv ? endOfRecord(bytes, half) : half)));
}

/** Where the last record ends that is whole before `limit`. */
function endOfRecord(csv: Uint8Array, limit: number): number {
  let quoted = false;
  let end = 0;
  for (let at = 0; at < limit; at++) {
    if (csv[at] === 0x22) quoted = !quoted;
    else if (csv[at] === 0x0a && !quoted) end = at + 1;
  }
  return end;
}

function inPieces(response: Response, size: number, pauseMs: number): Response {
  const reader = response.body?.getReader();
  if (!reader) return response;
  let rest = new Uint8Array();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      while (rest.length === 0) {
        const { done, value } = await reader.read();
        if (done) return controller.close();
        rest = new Uint8Array(value);
      }
      await pause(pauseMs);
      controller.enqueue(rest.slice(0, size));
      rest = rest.subarray(size);
    },
    cancel: (reason) => reader.cancel(reason),
  });
  return withBody(response, body);
}

function cutAfter(response: Response, count: number, cut: (() => void) | undefined): Response {
  const reader = response.body?.getReader();
  if (!reader) throw new DroppedConnection();
  let left = count;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const value = left > 0 ? (await reader.read()).value : undefined;
      if (value) {
        controller.enqueue(value.slice(0, left));
        left -= value.length;
        return;
      }
      await reader.cancel();
      // The bytes must leave before the cut, or the client sees none of them.
      await pause(20);
      if (cut) cut();
      else controller.error(new TypeError('terminated', { cause: new DroppedConnection() }));
    },
    cancel: (reason) => reader.cancel(reason),
  });
  return withBody(response, body);
}
