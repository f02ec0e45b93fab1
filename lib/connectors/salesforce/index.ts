import type { AnyRecord } from '@/lib/crm/records';
import type { Egress } from '@/lib/egress/egress';
import type { Clock, Sleep } from '@/lib/shared/clock';
import { AppError } from '@/lib/shared/errors';
import { type Pace, UNPACED } from '@/lib/shared/pace';
import type { ConnectedProfile, Connector, Session, SessionStore } from '../connector';
import { toCrmError } from './api-errors';
import { nameAnswer } from './api-schemas';
import { revokeSession } from './auth';
import { JOB_SIZES, type JobSizes } from './bulk-job';
import { fieldChoices, previewScope } from './choices';
import { createClient, type SalesforceClient, type WithLock } from './client';
import { extraFields } from './fields';
import { recordPage } from './hosts';
import { liveAccount } from './live-account';
import { toRecord } from './mappers';
import { openPull } from './pull';
import { byIdsQuery, ORGANIZATION_QUERY, SALESFORCE_OBJECT, userNameQuery } from './queries';
import { query } from './requests';
import { createWriter } from './writer';

export const SALESFORCE_LABEL = 'Salesforce';

/** Where a user sees and ends the apps that have a token, for when revoking by ourselves failed. */
export function revokePage(instanceUrl: string): string {
  return `${instanceUrl}/lightning/setup/ConnectedAppsUsage/home`;
}

/** The connector of one Salesforce connection. `session` gives the instance for links; calls use the stored one. */
export function createSalesforceConnector(options: {
  connectionId: string;
  session: Session;
  sessions: SessionStore;
  egress: Egress;
  withLock: WithLock;
  clock: Clock;
  /** How long reading large answers shares the thread with people; none by default. */
  pace?: Pace;
  sleep?: Sleep;
  signInSilently?: (session: Session) => Promise<Session | null>;
  /** Asked before every call but the one that ends the access; what it throws is the call's error. */
  mayUse?: () => Promise<void>;
  /** From which size on something is read by a Bulk job, and how; tests make it small. */
  jobSizes?: JobSizes;
}): Connector {
  const { connectionId, session, sessions, egress, withLock, clock, sleep, signInSilently, mayUse, pace = UNPACED } = options;
  const { jobSizes = JOB_SIZES } = options;
  const lockName = `sidelight:session:${connectionId}`;
  const client = createClient({
    sessions,
    egress,
    withLock,
    lockName,
    ...(sleep ? { sleep } : {}),
    ...(signInSilently ? { signInSilently } : {}),
    ...(mayUse ? { mayUse } : {}),
  });
  return {
    open: (wants, run) => openPull(client, wants, run, { connectionId, now: clock.now(), sizes: jobSizes, pace }),
    account: (known, wants) => liveAccount(client, connectionId, known, wants),
    preview: (scope) => previewScope(client, scope),
    fields: (object) => fieldChoices(client, object),
    writer: createWriter(client, clock),
    calls: client.calls,
    usage: client.usage,
    recordUrl: (object, id) => recordPage(session.instanceUrl, SALESFORCE_OBJECT[object], id),
    // Behind a refresh that is under way, so that the token it brings is the one that dies.
    revoke: () => withLock(lockName, async () => revokeSession(session.fromTab ? session : await sessions.load(), egress.send)),
    async read(object, id, fields): Promise<AnyRecord | null> {
      const answer = await asked(client, byIdsQuery(object, fields, [id]));
      const [row] = answer.records;
      return row === undefined ? null : toRecord(object, connectionId, row, extraFields(object, fields));
    },
  };
}

/** Who signed in, and where. Two calls. @throws AppError of the `crm.` group */
export async function salesforceProfile(sessions: SessionStore, egress: Egress): Promise<ConnectedProfile> {
  const session = await sessions.load();
  const client = createClient({ sessions, egress, withLock: (_, work) => work(), lockName: '' });
  const user = nameAnswer.safeParse(await asked(client, userNameQuery(session.userId)));
  const org = nameAnswer.safeParse(await asked(client, ORGANIZATION_QUERY));
  const userName = user.data?.records[0]?.Name;
  const organization = org.data?.records[0];
  if (!userName || !organization) throw new AppError('crm.answer-unreadable');
  if (organization.Id !== session.orgId) throw new AppError('auth.answer-invalid');
  return { userName, orgName: organization.Name, host: new URL(session.instanceUrl).host };
}

function asked(client: SalesforceClient, soql: string) {
  return query(client, soql).catch((error) => Promise.reject(toCrmError(error)));
}
