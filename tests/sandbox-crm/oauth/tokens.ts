/** Codes, access tokens, refresh tokens and browser sessions: who holds what, and whether it still works. */
import { randomBytes } from 'node:crypto';
import type { SandboxClock } from '../org/clock.ts';

type TokenKind =
  | 'code'
  | 'access'
  | 'refresh'
  /** The `sid` cookie of My Domain, which also works as an access token. */
  | 'session'
  /** The `sid` cookie of the Lightning host, which does not. */
  | 'lightning-session';

export interface Token {
  readonly kind: TokenKind;
  readonly value: string;
  readonly userId: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  /** What one sign-in led to: revoking a refresh token ends all of its family. */
  readonly family: string;
  readonly issuedAt: number;
  readonly expiresAt: number;
  readonly revoked: boolean;
}

interface NewToken {
  userId: string;
  clientId: string;
  scopes: readonly string[];
  family?: string;
}

export interface Tokens {
  /** Everything ever given out, dead or alive: what a scan of a disk has to look for. */
  readonly issued: readonly Token[];
  /** A working access token without the sign-in, for tests that are not about it. */
  issueAccessToken(userId?: string): string;
  /** Lets all access tokens and sessions run out; refresh tokens stay. */
  expireAccessTokens(): void;
  /** What an administrator does: nothing given out so far works any more. */
  revokeAll(): void;
}

export interface TokenStore extends Tokens {
  issue(kind: TokenKind, token: NewToken): Token;
  /** The token if it is of one of the kinds and works now. */
  alive(value: string, ...kinds: TokenKind[]): Token | undefined;
  find(value: string): Token | undefined;
  revoke(token: Token): void;
  revokeFamily(family: string): void;
}

export interface TokenLifetimes {
  accessSeconds: number;
  codeSeconds: number;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._';
const random = (length: number) => Array.from(randomBytes(length), (byte) => ALPHABET.charAt(byte & 63)).join('');

export function createTokens(orgId: string, defaultUserId: string, clock: SandboxClock, lifetimes: TokenLifetimes): TokenStore {
  let issued: Token[] = [];
  const org15 = orgId.slice(0, 15);
  const shapes: Readonly<Record<TokenKind, () => string>> = {
    // Real codes end in `==`, which catches clients that forget to encode.
    code: () => `aPrx${random(76)}==`,
    access: () => `${org15}!AQE${random(93)}`,
    refresh: () => `5Aep861${random(80)}`,
    session: () => `${org15}!AQQ${random(93)}`,
    'lightning-session': () => `${org15}!AQL${random(93)}`,
  };
  const lifetime = (kind: TokenKind) => {
    if (kind === 'refresh') return Number.POSITIVE_INFINITY;
    return 1000 * (kind === 'code' ? lifetimes.codeSeconds : lifetimes.accessSeconds);
  };
  const change = (which: (token: Token) => boolean, to: Partial<Token>) => {
    issued = issued.map((token) => (which(token) ? { ...token, ...to } : token));
  };
  const store: TokenStore = {
    get issued() {
      return issued;
    },
    issue(kind, { userId, clientId, scopes, family }) {
      const now = clock.now();
      const token: Token = {
        kind,
        value: shapes[kind](),
        userId,
        clientId,
        scopes,
        family: family ?? random(12),
        issuedAt: now,
        expiresAt: now + lifetime(kind),
        revoked: false,
      };
      issued.push(token);
      return token;
    },
    issueAccessToken: (userId = defaultUserId) => store.issue('access', { userId, clientId: 'test', scopes: ['api'] }).value,
    find: (value) => issued.find((token) => token.value === value),
    alive(value, ...kinds) {
      const token = store.find(value);
      return token && kinds.includes(token.kind) && !token.revoked && clock.now() < token.expiresAt ? token : undefined;
    },
    revoke: (token) => change((other) => other.value === token.value, { revoked: true }),
    revokeFamily: (family) => change((other) => other.family === family, { revoked: true }),
    expireAccessTokens: () => change((token) => token.kind !== 'refresh', { expiresAt: clock.now() }),
    revokeAll: () => change(() => true, { revoked: true }),
  };
  return store;
}
