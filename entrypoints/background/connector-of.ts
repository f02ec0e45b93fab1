import type { Connector, Session } from '@/lib/connectors/connector';
import { registered } from '@/lib/connectors/registry';
import type { TabSessions } from '@/lib/connectors/salesforce/tab-login';
import { createSampleConnector } from '@/lib/connectors/sample';
import type { Egress } from '@/lib/egress/egress';
import type { Clock } from '@/lib/shared/clock';
import { AppError } from '@/lib/shared/errors';
import type { Pace } from '@/lib/shared/pace';
import type { ConnectionCopy } from '@/lib/storage/connection-copy';
import type { ConnectionEntry } from '@/lib/storage/connection-list';
import { sampleKeeper } from './sample-keeper';
import { storedSession } from './stored-login';

interface Options {
  clock: Clock;
  pace: Pace;
  egressTo: (...origins: string[]) => Egress;
  /** A new session in the place of one that the CRM no longer takes, without asking anybody; null when there is none. */
  signInSilently: (connectionId: string, old: Session) => Promise<Session | null>;
  /** Whether the organisation's policy lets this login be used. */
  mayUse: (session: Session) => Promise<boolean>;
}

interface Connected {
  entry: ConnectionEntry;
  /** Null for the sample. */
  session: Session | null;
  copy: ConnectionCopy;
  /** Where the session is read when it is that of a tab. */
  tab: TabSessions | null;
}

/** Makes the connector of a connection: its CRM's own, bound to the addresses of its login and to nothing else. */
export function connectorsBy({ clock, pace, egressTo, signInSilently, mayUse }: Options): (connected: Connected) => Connector {
  return ({ entry, session, copy, tab }) => {
    if (!session || entry.crm === 'sample')
      return createSampleConnector({ connectionId: entry.id, since: entry.connectedAt, keeper: sampleKeeper(copy), clock });
    return registered(entry.crm).connector({
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
      signInSilently: (old) => signInSilently(entry.id, old),
      async mayUse() {
        if (!(await mayUse(session))) throw new AppError('policy.login');
      },
    });
  };
}
