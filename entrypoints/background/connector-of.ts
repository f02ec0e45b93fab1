import type { Connector, Session } from '@/lib/connectors/connector';
import { createSalesforceConnector } from '@/lib/connectors/salesforce';
import type { TabSessions } from '@/lib/connectors/salesforce/tab-login';
import { createSampleConnector } from '@/lib/connectors/sample';
import type { Egress } from '@/lib/egress/egress';
import type { Clock } from '@/lib/shared/clock';
import { AppError } from '@/lib/shared/errors';
import type { Pace } from '@/lib/shared/pace';
import type { ConnectionCopy } from '@/lib/storage/connection-copy';
import type { ConnectionEntry } from '@/lib/storage/connection-list';
import { storedSession } from './stored-login';

interface ConnectorRules {
  clock: Clock;
  pace: Pace;
  egressTo: (...origins: string[]) => Egress;
  /** Signs in anew without asking the user, for a connection that is kept. */
  silently: (connectionId: string, old: Session) => Promise<Session | null>;
  /** Whether the organisation's policy lets this login be used. */
  mayUse: (session: Session) => Promise<boolean>;
}

/** Makes the connector of a connection: the sample's, where nobody is signed in, or that of its CRM. */
export function connectorsBy({ clock, pace, egressTo, silently, mayUse }: ConnectorRules) {
  return (entry: ConnectionEntry, session: Session | null, copy: ConnectionCopy, tab: TabSessions | null): Connector => {
    if (!session) return createSampleConnector({ connectionId: entry.id, since: entry.connectedAt });
    return createSalesforceConnector({
      connectionId: entry.id,
      session,
      sessions: tab ?? {
        load: () => storedSession(copy.boxes),
        save: (fresh) => copy.boxes.put('token', fresh),
      },
      egress: egressTo(session.loginOrigin, session.instanceUrl),
      withLock: async (name, work) => navigator.locks.request(name, work),
      clock,
      pace,
      signInSilently: (old) => silently(entry.id, old),
      async mayUse() {
        if (!(await mayUse(session))) throw new AppError('policy.login');
      },
    });
  };
}
