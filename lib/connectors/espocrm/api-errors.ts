import type { EgressResponse } from '@/lib/egress/egress';
import type { AppError } from '@/lib/shared/errors';
import { refusedByStatus } from '../key-client';

/** EspoCRM's own word for why it refused, in the header `X-Status-Reason`; empty when it gave none. */
export const reasonOf = ({ headers }: Pick<EgressResponse, 'headers'>): string => headers['x-status-reason'] ?? '';

/**
 * What an answer with a status of 400 or more means for us. A refused login comes as 401 without a body, a missing right as
 * 403 with its reason (measured on EspoCRM 9.2.7).
 */
export const refusedAs = (answer: EgressResponse): AppError => refusedByStatus(answer, reasonOf(answer));
