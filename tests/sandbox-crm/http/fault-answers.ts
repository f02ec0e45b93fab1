/** What a client gets to see of each fault. */
import { setTimeout as pause } from 'node:timers/promises';
import { invalidSession, limitExceeded } from './api-error.ts';
import type { ApiError } from './api-error.ts';
import type { FaultKind } from './faults.ts';

/** Thrown for a connection cut before any answer. */
export class DroppedConnection extends Error {
  constructor() {
    super('The sandbox dropped the connection');
    this.name = 'DroppedConnection';
  }
}

const json = ({ status, bodies }: Pick<ApiError, 'status' | 'bodies'>, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(bodies), { status, headers: { 'content-type': 'application/json;charset=UTF-8', ...headers } });

const html = (status: number, title: string) =>
  new Response(`<!doctype html><html lang="en"><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`, {
    status,
    headers: { 'content-type': 'text/html;charset=UTF-8' },
  });

/** The answer that replaces the CRM's own; undefined when the request goes through. @throws DroppedConnection */
export async function answerInstead(faults: readonly FaultKind[]): Promise<Response | undefined> {
  for (const fault of faults) {
    switch (fault.kind) {
      case 'latency':
        await pause(fault.ms);
        break;
      case 'session-expired':
        return json(invalidSession());
      case 'api-limit':
        return json(limitExceeded());
      case 'too-many-requests':
        return json(
          { status: 429, bodies: [{ message: 'Too many requests', errorCode: 'REQUEST_RATE_EXCEEDED' }] },
          { 'retry-after': fault.retryAfter ?? '2' },
        );
      case 'server-error':
        return json({ status: 500, bodies: [{ message: 'An unexpected error occurred.', errorCode: 'UNKNOWN_EXCEPTION' }] });
      case 'maintenance':
        return html(503, 'Down for maintenance');
      case 'html':
        return html(200, 'Please sign in to the network');
      case 'answer':
        return new Response(fault.body, { status: fault.status, headers: fault.headers ?? {} });
      case 'redirect':
        return new Response(null, { status: 302, headers: { location: fault.to } });
      case 'drop':
        if (fault.afterBytes === undefined) throw new DroppedConnection();
        break;
    }
  }
  return undefined;
}

/**
 * The CRM's answer with the damage the faults do to it.
 * @param cut closes the connection the request came by; undefined in process, where the body fails instead
 */
export async function damage(response: Response, faults: readonly FaultKind[], cut: (() => void) | undefined): Promise<Response> {
  let damaged = response;
  for (const fault of faults) {
    if (fault.kind === 'malformed-record')
      damaged = await rewrite(damaged, (text) => breakRecord(text, fault.damage, fault.index ?? 0));
    if (fault.kind === 'truncate') damaged = await rewrite(damaged, (text) => text.slice(0, Math.floor(text.length / 2)));
    if (fault.kind === 'slow') damaged = await inPieces(damaged, fault.bytesPerPiece, fault.pauseMs);
    if (fault.kind === 'drop' && fault.afterBytes !== undefined) damaged = await cutAfter(damaged, fault.afterBytes, cut);
  }
  return damaged;
}

async function rewrite(response: Response, change: (text: string) => string): Promise<Response> {
  const headers = new Headers(response.headers);
  headers.delete('content-length');
  return new Response(change(await response.text()), { status: response.status, headers });
}

function breakRecord(text: string, damage: 'no-id' | 'name-is-object' | 'modstamp-is-garbage', index: number): string {
  const page = JSON.parse(text) as { records?: Record<string, unknown>[] };
  const record = page.records?.[index];
  if (record && damage === 'no-id') delete record.Id;
  if (record && damage === 'name-is-object') record.Name = { unexpected: true };
  if (record && damage === 'modstamp-is-garbage') record.SystemModstamp = 'the day before yesterday';
  return JSON.stringify(page);
}

async function streamed(
  response: Response,
  send: (bytes: Uint8Array, controller: ReadableStreamDefaultController) => Promise<void>,
) {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const body = new ReadableStream({ start: (controller) => void send(bytes, controller) });
  return new Response(body, { status: response.status, headers: response.headers });
}

const inPieces = (response: Response, size: number, pauseMs: number) =>
  streamed(response, async (bytes, controller) => {
    for (let at = 0; at < bytes.length; at += size) {
      controller.enqueue(bytes.slice(at, at + size));
      await pause(pauseMs);
    }
    controller.close();
  });

const cutAfter = (response: Response, count: number, cut: (() => void) | undefined) =>
  streamed(response, async (bytes, controller) => {
    controller.enqueue(bytes.slice(0, count));
    // The bytes must leave before the cut, or the client sees none of them.
    await pause(20);
    if (cut) cut();
    else controller.error(new DroppedConnection());
  });
