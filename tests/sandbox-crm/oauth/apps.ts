/** The External Client Apps the org knows. */

export interface ClientApp {
  clientId: string;
  name: string;
  /** Compared exactly. Tests may add to it once they know the extension's address. */
  redirectUris: string[];
  /** Only for apps with "Require secret"; a public client that sends one anyway is refused. */
  clientSecret?: string;
  scopes: readonly string[];
  /** "Require PKCE". */
  requirePkce: boolean;
  /** Whether each refresh gives a new refresh token and ends the old one. */
  rotation: boolean;
  /** Blocked by the administrator. */
  blocked: boolean;
}

export const ALL_SCOPES = [
  'api',
  'id',
  'profile',
  'email',
  'address',
  'phone',
  'openid',
  'web',
  'refresh_token',
  'offline_access',
  'full',
] as const;

/** The app of the official command line client, known to every org. */
export const commandLineApp = (): ClientApp => ({
  clientId: 'PlatformCLI',
  name: 'Salesforce CLI',
  redirectUris: ['http://localhost:1717/OauthRedirect'],
  scopes: ['refresh_token', 'api', 'web'],
  requirePkce: false,
  rotation: false,
  blocked: false,
});
