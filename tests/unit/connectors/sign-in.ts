import type { EgressRequest, EgressResponse } from '@/lib/egress/egress';
import { signInToSalesforce } from '@/lib/connectors/salesforce/auth';
import { fakeSend, json } from '../../fakes/fake-send';

export const REDIRECT = 'https://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org/cb/salesforce';
export const ORG = '00D000000000001AAA';
export const USER = '005000000000001AAA';

export const TOKENS = {
  access_token: '00Dxx!access',
  refresh_token: '5Aep861refresh',
  token_type: 'Bearer',
  instance_url: 'https://acme.my.salesforce.com',
  id: `https://login.salesforce.com/id/${ORG}/${USER}`,
  scope: 'refresh_token api',
  issued_at: '1777777777777',
  signature: 'x',
};

/** What the CRM sends back to the redirect address; `query` is changed as a test likes. */
export type Callback = (asked: URLSearchParams) => string;

export const callbackWith =
  (change: (query: URLSearchParams) => void, address = REDIRECT): Callback =>
  (asked) => {
    const query = new URLSearchParams({ code: 'aPrx', state: asked.get('state') ?? '' });
    change(query);
    return `${address}?${query}`;
  };

/** One attempt to sign in: a login window that ends at `callback`, and a token endpoint that answers `answer`. */
export function attempt(
  options: { callback?: Callback; answer?: (request: EgressRequest) => EgressResponse; loginHost?: string } = {},
) {
  const { callback = callbackWith(() => undefined), answer = () => json(TOKENS), loginHost = 'login.salesforce.com' } = options;
  const network = fakeSend(answer);
  const opened: URL[] = [];
  const session = signInToSalesforce({
    loginHost,
    clientId: '3MVG9key',
    redirectUri: REDIRECT,
    send: network.send,
    launch: async (url) => {
      opened.push(new URL(url));
      return callback(new URL(url).searchParams);
    },
  });
  return { session, opened, network };
}
