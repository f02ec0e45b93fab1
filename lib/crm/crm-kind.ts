/** The CRMs that a connection can be of. `sample` is built in: no account, no login, nothing on the network. */
export const CRMS = ['salesforce', 'espocrm', 'sample'] as const;
export type CrmKind = (typeof CRMS)[number];
