/** The CRMs that a connection can be of. `sample` is built in: no account, no login, nothing on the network. */
export const CRMS = ['salesforce', 'espocrm', 'hubspot', 'sample'] as const;
/** Those that somebody signs in to with a key that they type. */
export type KeyCrm = 'espocrm' | 'hubspot';
export type CrmKind = (typeof CRMS)[number];
