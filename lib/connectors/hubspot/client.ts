import type { EgressResponse } from '@/lib/egress/egress';
import { AppError } from '@/lib/shared/errors';
import type * as z from 'zod/mini';
import { createKeyClient, type KeyApi, type KeyClient, type KeyClientOptions, jsonIn, refusedByStatus } from '../key-client';
import { refusal, tokenInfo } from './api-schemas';

export const API_ORIGIN = 'https://api.hubapi.com';

/**
 * What an answer with a status of 400 or more means. A 429 names its policy: `DAILY` ends with the day, the others within ten
 * seconds.
 */
function refusedAs(answer: EgressResponse): AppError {
  const { policyName, message } = refusalIn(answer);
  const error = refusedByStatus(answer, message ?? '');
  return answer.status === 429 && policyName === 'DAILY' ? new AppError('crm.limit', { cause: error }) : error;
}

function refusalIn(answer: EgressResponse): z.infer<typeof refusal> {
  try {
    return refusal.safeParse(jsonIn(answer)).data ?? {};
  } catch {
    return {};
  }
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
