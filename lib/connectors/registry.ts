import type { CrmKind, KeyCrm } from '@/lib/crm/crm-kind';
import type { Egress, Send } from '@/lib/egress/egress';
import type { Clock } from '@/lib/shared/clock';
import type { Pace } from '@/lib/shared/pace';
import type { ConnectedProfile, Connector, Session, SessionStore } from './connector';
import { createEspoConnector, ESPOCRM_LABEL, keysPage } from './espocrm';
import { signInByKey, siteOf } from './espocrm/auth';
import { createHubspotConnector, HUBSPOT_LABEL, tokensPage } from './hubspot';
import { signInByToken } from './hubspot/auth';
import { API_ORIGIN } from './hubspot/client';
import { createSalesforceConnector, revokePage, SALESFORCE_LABEL } from './salesforce';
import { revokeSession } from './salesforce/auth';
import type { WithLock } from './salesforce/client';

/** The one place beside the connectors' folders where CRMs are told apart. Every CRM that somebody signs in to is in it. */
export type SignedInCrm = Exclude<CrmKind, 'sample'>;

/** What a connector is made of. */
interface ConnectorParts {
  connectionId: string;
  session: Session;
  sessions: SessionStore;
  egress: Egress;
  withLock: WithLock;
  clock: Clock;
  pace: Pace;
  signInSilently: (session: Session) => Promise<Session | null>;
  /** Before every call. @throws AppError when this login may not be used */
  mayUse: () => Promise<void>;
}

interface Registered {
  label: string;
  /** How somebody signs in again: with a login of the CRM's, or with a key that they type. */
  login: 'app' | 'key';
  connector(parts: ConnectorParts): Connector;
  /** Ends a login. True: the CRM confirmed it. Null: there is nothing to end. False: somebody has to end it there. */
  revoke(session: Session, send: Send): Promise<boolean | null>;
  /** Where the access is ended by hand. */
  revokePage(session: Session): string;
}

const REGISTERED: Record<SignedInCrm, Registered> = {
  salesforce: {
    label: SALESFORCE_LABEL,
    login: 'app',
    connector: createSalesforceConnector,
    revoke: revokeSession,
    revokePage: ({ instanceUrl }) => revokePage(instanceUrl),
  },
  espocrm: {
    label: ESPOCRM_LABEL,
    login: 'key',
    connector: createEspoConnector,
    // No call ends a key.
    revoke: async () => false,
    revokePage: ({ instanceUrl }) => keysPage(instanceUrl),
  },
  hubspot: {
    label: HUBSPOT_LABEL,
    login: 'key',
    connector: createHubspotConnector,
    // No call ends a token.
    revoke: async () => false,
    revokePage: tokensPage,
  },
};

/** What there is to know of a CRM. */
export const registered = (crm: SignedInCrm): Registered => REGISTERED[crm];

interface KeyLogin {
  /** Where the API is, from what was typed. @throws AppError `auth.address-invalid` */
  origin(address: string): string;
  /** True when every connection of this CRM calls the same origin. */
  shared: boolean;
  /** @throws AppError `auth.key-invalid` and those of the `crm.` group */
  signIn(
    address: string,
    key: string,
    egressTo: (origin: string) => Egress,
  ): Promise<{ session: Session; profile: ConnectedProfile }>;
}

/** How one signs in with a key. */
export const KEY_LOGINS: Record<KeyCrm, KeyLogin> = {
  espocrm: { origin: (address) => siteOf(address).origin, shared: false, signIn: signInByKey },
  hubspot: { origin: () => API_ORIGIN, shared: true, signIn: (_, key, egressTo) => signInByToken(key, egressTo) },
};

export const isKeyCrm = (crm: CrmKind): crm is KeyCrm => Object.hasOwn(KEY_LOGINS, crm);
