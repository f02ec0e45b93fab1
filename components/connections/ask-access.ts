/**
 * Asks the browser for access to these addresses, and for `permissions` besides. It opens the browser's own question, so it must be
 * called straight from a click. False when it was refused.
 */
export type AskHostAccess = (origins: string[], permissions?: 'cookies'[]) => Promise<boolean>;
