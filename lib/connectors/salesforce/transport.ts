import { type EgressResponse, retryAfter, type Send } from '@/lib/egress/egress';
import { AppError } from '@/lib/shared/errors';

/** The request as jsforce hands it to its transport. */
interface JsforceRequest {
  method: string;
  url: string;
  headers?: Record<string, string>;
  body?: unknown;
}

interface JsforceResponse {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
}

/** Raised for a 401, so that the client refreshes once and tries again. */
export class SessionExpired extends Error {}

/** What jsforce calls instead of a network: egress, with the errors that concern the whole service told apart first. */
export interface Transport {
  httpRequest(request: JsforceRequest): Promise<JsforceResponse> & { stream(): unknown };
}

/** jsforce also offers each answer as a Node stream and connects it; nobody here ever reads or writes that one. */
const INERT_STREAM = {
  on: () => INERT_STREAM,
  once: () => INERT_STREAM,
  emit: () => false,
  write: () => true,
  end: () => undefined,
  pipe: <T>(destination: T): T => destination,
};

/** What watches the calls: `before` may refuse one, `onAnswer` sees each answer. */
export interface CallWatch {
  before(): void;
  onAnswer(answer: Pick<EgressResponse, 'headers'>): void;
  signal?: AbortSignal | undefined;
}

/** A transport on `send`. */
export function createTransport(send: Send, watch: CallWatch): Transport {
  async function call(request: JsforceRequest): Promise<JsforceResponse> {
    watch.before();
    const body = typeof request.body === 'string' ? request.body : undefined;
    const { method, url, headers = {} } = request;
    const answer = await send({ method, url, headers, body, ...(watch.signal ? { signal: watch.signal } : {}) });
    watch.onAnswer(answer);
    assertUsable(answer);
    return { statusCode: answer.status, headers: answer.headers, body: answer.body };
  }
  return { httpRequest: (request) => Object.assign(call(request), { stream: () => INERT_STREAM }) };
}

/**
 * Salesforce answers in JSON. Anything else is a proxy, a maintenance page or a login page of the network, and must
 * not be read as a verdict about the session (crm-apis: 403, 420 and 503 with HTML bodies happen).
 * @throws SessionExpired; AppError `crm.busy`, `crm.limit`, `crm.unavailable`, `crm.answer-unreadable`
 */
export function assertUsable(answer: EgressResponse): void {
  const { status, body } = answer;
  assertServed(answer);
  const isJson = (answer.headers['content-type'] ?? '').includes('json');
  if (status === 401 && isJson) throw new SessionExpired();
  if (!isJson && status !== 204) throw new AppError('crm.answer-unreadable');
  if (status !== 204 && !isWholeJson(body)) throw new AppError('crm.answer-unreadable');
}

/** Only what says that the service as a whole does not answer now. @throws AppError as above */
function assertServed({ status, body, headers }: EgressResponse): void {
  const retryAfterMs = retryAfter(headers['retry-after']);
  if (status === 429 || status === 420) throw new AppError('crm.busy', { retryAfterMs });
  if (status === 403 && body.includes('"REQUEST_LIMIT_EXCEEDED"')) throw new AppError('crm.limit', { retryAfterMs });
  if (status >= 500 && !body.includes('"UNABLE_TO_LOCK_ROW"')) throw new AppError('crm.unavailable', { retryAfterMs });
  // A proxy that asks to wait means the service, whatever its status says.
  if (status === 403 && retryAfterMs !== undefined) throw new AppError('crm.busy', { retryAfterMs });
}

/** jsforce passes a body that does not parse on as text; a cut-off answer must not get that far. */
function isWholeJson(body: string): boolean {
  const end = body.trimEnd().at(-1);
  return end === '}' || end === ']';
}
