import { type EgressResponse, retryAfter } from '@/lib/egress/egress';
import { AppError } from '@/lib/shared/errors';
import type * as z from 'zod/mini';
import { createKeyClient, type KeyApi, type KeyClient, type KeyClientOptions, jsonIn } from '../key-client';
import { refusal, tokenInfo } from './api-schemas';

export const API_ORIGIN = 'https://api.hubapi.com';

/** What HubSpot says against a call; empty when it says nothing that can be read. */
export function refusalIn(answer: EgressResponse): z.infer<typeof refusal> {
  try {
    return refusal.safeParse(jsonIn(answer)).data ?? {};
  } catch {
    return {};
  }
}

/**
 * What an answer with a status of 400 or more means. A 429 names its policy: `DAILY` ends with the day, the others within ten
 * seconds. HubSpot's words stay in the cause and are never shown or logged.
 */
export function refusedAs(answer: EgressResponse): AppError {
  const { status, headers } = answer;
  const { policyName, message } = status === 429 || status === 400 ? refusalIn(answer) : {};
  const retryAfterMs = retryAfter(headers['retry-after']);
  const cause = { status, reason: message ?? '' };
  if (status === 401) return new AppError('auth.reconnect', { cause });
  if (status === 429) return new AppError(policyName === 'DAILY' ? 'crm.limit' : 'crm.busy', { cause, retryAfterMs });
  if (status >= 500) return new AppError('crm.unavailable', { cause, retryAfterMs });
  if (status === 403) return new AppError('crm.forbidden', { cause });
  if (status === 404) return new AppError('crm.object-missing', { cause });
  return new AppError('crm.refused', { cause });
}

const API: KeyApi = {
  base: ({ loginOrigin }) => `${loginOrigin}/`,
  headers: ({ accessToken }) => ({ authorization: `Bearer ${accessToken}` }),
  refusedAs,
  usage(headers) {
    const max = Number(headers['x-hubspot-ratelimit-daily']);
    const left = Number(headers['x-hubspot-ratelimit-daily-remaining']);
    return max > 0 && left >= 0 ? { used: max - left, max } : null;
  },
};

/** A client for the token of a private app. */
export const createClient = (options: KeyClientOptions): KeyClient => createKeyClient(API, options);

/** Who has made the token, and what it may do. It is sent to HubSpot alone, as with every call. @throws AppError */
export async function whoAmI(client: KeyClient): Promise<z.infer<typeof tokenInfo>> {
  const { accessToken } = await client.session();
  return client.ask('oauth/v2/private-apps/get/access-token-info', { tokenKey: accessToken }, tokenInfo);
}
