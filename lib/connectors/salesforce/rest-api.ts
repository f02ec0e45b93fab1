import type { Connection } from 'jsforce/lib/connection';
import { HttpApi } from 'jsforce/lib/http-api';
import type { Session } from '../connector';
import type { Transport } from './transport';

/** jsforce's default is 50.0; 62.0 (Winter '25) is the oldest that every supported org has. */
const API_VERSION = '62.0';
/** The API's root on the instance, for addresses inside of other requests. */
export const API_ROOT = `/services/data/v${API_VERSION}`;

interface ApiRequest {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below the instance when it begins with `/services/`, else below the API's root. */
  url: string;
  body?: string;
  headers?: Record<string, string>;
}

/** Salesforce's REST API, signed in. */
export interface SalesforceApi {
  /** The answer's JSON, null for none. Rejects with jsforce's API error, or what the transport throws. */
  request(request: ApiRequest): Promise<unknown>;
}

/**
 * The API of `session`'s instance through `transport`. Of jsforce it is the part that knows requests, answers and errors (HttpApi); of a
 * connection that part reads the address, the token and the transport, and nothing that it was not given.
 */
export function apiOn({ instanceUrl, accessToken }: Session, transport: Transport): SalesforceApi {
  const connection = { instanceUrl, accessToken, _transport: transport } as unknown as Connection;
  return {
    request({ url, ...rest }) {
      const api = new HttpApi(connection, {});
      return api.request({ ...rest, url: `${instanceUrl}${url.startsWith('/services/') ? '' : API_ROOT}${url}` });
    },
  };
}
