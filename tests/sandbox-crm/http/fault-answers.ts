/** The answers that faults put in the place of the CRM's own. */
import { setTimeout as pause } from 'node:timers/promises';
import { invalidSession, limitExceeded } from './api-error.ts';
import type { ApiError } from './api-error.ts';
import { DroppedConnection } from './damage.ts';
import type { FaultKind } from './faults.ts';

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
