import { createKeyClient, type KeyApi, type KeyClient, type KeyClientOptions } from '../key-client';
import { refusedAs } from './api-errors';

export type EspoClient = KeyClient;

const API: KeyApi = {
  base: ({ instanceUrl }) => `${instanceUrl}/api/v1/`,
  headers: ({ accessToken }) => ({ 'x-api-key': accessToken }),
  refusedAs,
};

/** A client for one connection's key. There is no daily limit in EspoCRM, so that no reserve can be spared. */
export const createClient = (options: KeyClientOptions): EspoClient => createKeyClient(API, options);
