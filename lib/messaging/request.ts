/**
 * The only way a view or the content script reaches the background. It uses the browser's own promise-based global and
 * no library, because the content script carries it into every page.
 */
import { AppError, type ErrorCode } from '@/lib/shared/errors';
import type { EventName, Events, Reply, RequestName, Requests } from './protocol';
import type { OverlayCommand } from './overlay-protocol';

interface MessageEvents {
  addListener(listener: (message: unknown) => void): void;
  removeListener(listener: (message: unknown) => void): void;
}

/** The part of `runtime` that messages need, so that a test can pass its own. */
export interface MessageRuntime {
  sendMessage(message: unknown): Promise<unknown>;
  onMessage: MessageEvents;
}

function ownRuntime(): MessageRuntime {
  const scope = globalThis as { browser?: { runtime?: MessageRuntime }; chrome?: { runtime?: MessageRuntime } };
  // After an update of the extension an old content script is cut off: its runtime is gone, not merely silent.
  const runtime = scope.browser?.runtime ?? scope.chrome?.runtime;
  if (!runtime?.sendMessage) throw new AppError('unexpected');
  return runtime;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** The code is taken as it came: only our own background can answer, and the table of codes would not fit in 6 KB. */
function isReply<N extends RequestName>(value: unknown): value is Reply<N> {
  return isObject(value) && (value.ok === true ? 'value' in value : value.ok === false && typeof value.code === 'string');
}

/** Asks the background. Rejects with an AppError that has the code of the answer, or `unexpected` when there is none. */
export async function request<N extends RequestName>(
  name: N,
  payload: Requests[N]['in'],
  runtime: MessageRuntime = ownRuntime(),
): Promise<Requests[N]['out']> {
  let reply: unknown;
  try {
    reply = await runtime.sendMessage({ sidelight: 1, name, payload });
  } catch (cause) {
    throw new AppError('unexpected', { cause });
  }
  if (!isReply<N>(reply)) throw new AppError('unexpected' satisfies ErrorCode);
  if (!reply.ok) throw new AppError(reply.code);
  return reply.value;
}

/** Calls `handler` for each event `name` of the background until the returned function is called. */
export function onEvent<N extends EventName>(
  name: N,
  handler: (payload: Events[N]) => void,
  runtime: MessageRuntime = ownRuntime(),
): () => void {
  const listener = (message: unknown): void => {
    if (isObject(message) && message.sidelight === 1 && message.event === name) handler(message.payload as Events[N]);
  };
  runtime.onMessage.addListener(listener);
  return () => runtime.onMessage.removeListener(listener);
}

/** Calls `handler` for each command that the background sends to the content script of this tab. */
export function onOverlayCommand(handler: (command: OverlayCommand) => void, runtime: MessageRuntime = ownRuntime()): void {
  runtime.onMessage.addListener((message) => {
    if (isObject(message) && message.sidelight === 1 && typeof message.overlay === 'string') handler(message as OverlayCommand);
  });
}
