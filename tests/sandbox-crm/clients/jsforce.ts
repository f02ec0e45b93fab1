/** jsforce as its users set it up, against a sandbox on a port. */
import { Connection } from 'jsforce';
import type { Listening } from '../http/listen.ts';
import type { Sandbox } from '../sandbox.ts';

export const VERSION = '66.0';

export function jsforceClient(
  sandbox: Sandbox,
  server: Listening,
  more: Partial<ConstructorParameters<typeof Connection>[0]> = {},
): Connection {
  const accessToken = sandbox.tokens.issueAccessToken();
  return new Connection({ instanceUrl: server.url, accessToken, version: VERSION, maxRequest: 5, ...more });
}

/** What a call is refused with: jsforce puts the first error of the array on the Error it throws. */
export const refusal = (call: PromiseLike<unknown>): Promise<{ errorCode?: string; message: string; data?: unknown }> =>
  Promise.resolve(call).then(
    () => {
      throw new Error('It should have been refused');
    },
    (error: { errorCode?: string; message: string; data?: unknown }) => error,
  );
