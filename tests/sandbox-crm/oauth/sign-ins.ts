/** Sign-ins under way: what was asked for at the start is still needed at the end, two pages later. */
import { randomBytes } from 'node:crypto';

export interface AuthorizationRequest {
  clientId: string;
  redirectUri: string;
  state: string | undefined;
  codeChallenge: string | undefined;
  scopes: readonly string[];
  prompt: string;
}

export interface SignIn {
  /** What to do once signed in; undefined for somebody who just opened the CRM. */
  request: AuthorizationRequest | undefined;
  /** Who signed in; undefined before. */
  userId: string | undefined;
}

interface CodeGrant {
  clientId: string;
  redirectUri: string;
  codeChallenge: string | undefined;
}

export interface SignIns {
  begin(request: AuthorizationRequest | undefined): string;
  find(ticket: string): SignIn | undefined;
  /** What each code was issued for. */
  codes: Map<string, CodeGrant>;
  /** Apps a user once allowed, as `user app`: they are not asked about again until revoked. */
  approvals: Set<string>;
}

export function createSignIns(): SignIns {
  const open = new Map<string, SignIn>();
  return {
    begin(request) {
      const ticket = randomBytes(16).toString('hex');
      open.set(ticket, { request, userId: undefined });
      return ticket;
    },
    find: (ticket) => open.get(ticket),
    codes: new Map(),
    approvals: new Set(),
  };
}

export const approvalKey = (userId: string, clientId: string) => `${userId} ${clientId}`;
