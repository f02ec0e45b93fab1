import { type EgressResponse, retryAfter } from '@/lib/egress/egress';
import { AppError } from '@/lib/shared/errors';

/** EspoCRM's own word for why it refused, in the header `X-Status-Reason`; empty when it gave none. */
export const reasonOf = ({ headers }: Pick<EgressResponse, 'headers'>): string => headers['x-status-reason'] ?? '';

/**
 * What an answer with a status of 400 or more means for us. A refused login comes as 401 without a body, a missing right as
 * 403 with its reason (measured on EspoCRM 9.2.7). The reason stays in the cause and is never shown or logged.
 */
export function refusedAs(answer: EgressResponse): AppError {
  const { status, headers } = answer;
  const retryAfterMs = retryAfter(headers['retry-after']);
  const cause = { status, reason: reasonOf(answer) };
  if (status === 401) return new AppError('auth.reconnect', { cause });
  if (status === 429) return new AppError('crm.busy', { cause, retryAfterMs });
  if (status >= 500) return new AppError('crm.unavailable', { cause, retryAfterMs });
  // A proxy in front that asks to wait means the service, whatever its status says.
  if (status === 403 && retryAfterMs !== undefined) return new AppError('crm.busy', { cause, retryAfterMs });
  if (status === 403) return new AppError('crm.forbidden', { cause });
  if (status === 404) return new AppError('crm.object-missing', { cause });
  if (status === 409) return new AppError('crm.conflict', { cause });
  return new AppError('crm.refused', { cause });
}
