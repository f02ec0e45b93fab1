import { AppError, toAppError } from '@/lib/shared/errors';
import type { Reply, RequestName, Requests } from './protocol';
import { REQUEST_SCHEMAS, wireMessage } from './schemas';
import { isAnsweredWhileLocked, isRequestName, mayRequest, type Role, roleOf, type SenderFacts } from './sender-policy';

/** Where a request came from, as far as a handler may rely on it. */
export interface Caller {
  role: Role;
  tabId: number | null;
  /** The very document, as long as it lives. */
  documentId: string | null;
  /** The page's URL for a content script, the frame's own for a view. */
  url: string;
}

export type Handlers = { [N in RequestName]: (payload: Requests[N]['in'], caller: Caller) => Promise<Requests[N]['out']> };

/**
 * The background's side of the protocol: sender, then schema, then handler. A message that is not ours gives undefined,
 * so that nobody else's answer is lost; everything else gives a reply, never an exception. While the vault is locked nothing
 * that needs it is answered.
 */
export function createRouter(
  handlers: Handlers,
  self: { id: string; origin: string },
  report: (error: AppError, name: string) => void,
  isLocked: () => Promise<boolean> = async () => false,
) {
  return (message: unknown, sender: SenderFacts): Promise<Reply<RequestName>> | undefined => {
    const wire = wireMessage.safeParse(message);
    if (!wire.success) return undefined;
    const { name, payload } = wire.data;
    return answer(name, payload, sender).catch((error) => {
      const known = toAppError(error);
      report(known, isRequestName(name) ? name : 'unknown');
      return { ok: false, code: known.code };
    });
  };

  async function answer(name: string, payload: unknown, sender: SenderFacts): Promise<Reply<RequestName>> {
    const role = roleOf(sender, self);
    if (!role || !isRequestName(name) || !mayRequest(role, name)) throw new AppError('message.refused');
    await refuseWhileLocked(name);
    const { tabId = null, documentId = null, url = '' } = sender;
    const value = await call(name, payload, { role, tabId, documentId, url });
    // It may have been locked while the answer was being found.
    await refuseWhileLocked(name);
    return { ok: true, value };
  }

  async function refuseWhileLocked(name: RequestName): Promise<void> {
    if (!isAnsweredWhileLocked(name) && (await isLocked())) throw new AppError('vault.locked');
  }

  function call<N extends RequestName>(name: N, payload: unknown, caller: Caller): Promise<Requests[N]['out']> {
    const parsed = REQUEST_SCHEMAS[name].safeParse(payload);
    if (!parsed.success) throw new AppError('message.invalid');
    return handlers[name](parsed.data, caller);
  }
}
