import type { AnyRecord } from '@/lib/crm/records';
import type { Send } from '@/lib/egress/egress';
import { AppError } from '@/lib/shared/errors';
import type { ConnectedProfile, Connector, Session, SessionStore } from '../connector';
import { toCrmError } from './api-errors';
import { nameAnswer, queryPage } from './api-schemas';
import { revokeSession } from './auth';
import { createClient, type SalesforceClient, type WithLock } from './client';
import { createRecord } from './create';
import { describeObject } from './describe';
import { recordPage } from './hosts';
import { toRecord } from './mappers';
import { pullPages } from './pull';
import { countQuery, ORGANIZATION_QUERY, recordQuery, SALESFORCE_OBJECT, userNameQuery } from './queries';

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
  send: Send;
  withLock: WithLock;
}): Connector {
  const { connectionId, session, sessions, send, withLock } = options;
  const lockName = `sidelight:session:${connectionId}`;
  const client = createClient({ sessions, send, withLock, lockName });
  return {
    pages: (object, since) => pullPages(client, connectionId, object, since),
    describe: (object) => describeObject(client, object),
    create: (object, values, createOptions) => createRecord(client, object, values, createOptions),
    calls: client.calls,
    recordUrl: (object, id) => recordPage(session.instanceUrl, SALESFORCE_OBJECT[object], id),
    // Behind a refresh that is under way, so that the token it brings is the one that dies.
    revoke: () => withLock(lockName, async () => revokeSession(await sessions.load(), send)),
    async count(object) {
      return (await query(client, countQuery(object))).totalSize;
    },
    async *ids(object) {
      let answer = await query(client, `SELECT Id FROM ${SALESFORCE_OBJECT[object]}`);
      for (;;) {
        yield answer.records.flatMap((row) => idOf(row) ?? []);
        const next = answer.nextRecordsUrl;
        if (answer.done) return;
        if (!next) throw new AppError('crm.answer-unreadable');
        answer = await request(client, next);
      }
    },
    async read(object, id, fields): Promise<AnyRecord | null> {
      const answer = await query(client, recordQuery(object, fields, id));
      const [row] = answer.records;
      return row === undefined ? null : toRecord(object, connectionId, row);
    },
  };
}

/** Who signed in, and where. Two calls. @throws AppError of the `crm.` group */
export async function salesforceProfile(session: Session, send: Send): Promise<ConnectedProfile> {
  const sessions: SessionStore = { load: async () => session, save: async () => undefined };
  const client = createClient({ sessions, send, withLock: (_, work) => work(), lockName: '' });
  const user = nameAnswer.safeParse(await query(client, userNameQuery(session.userId)));
  const org = nameAnswer.safeParse(await query(client, ORGANIZATION_QUERY));
  const userName = user.data?.records[0]?.Name;
  const organization = org.data?.records[0];
  if (!userName || !organization) throw new AppError('crm.answer-unreadable');
  if (organization.Id !== session.orgId) throw new AppError('auth.answer-invalid');
  return { userName, orgName: organization.Name, host: new URL(session.instanceUrl).host };
}

function query(client: SalesforceClient, soql: string) {
  return request(client, `/query?q=${encodeURIComponent(soql)}`);
}

async function request(client: SalesforceClient, url: string) {
  const answer = await client
    .run((connection) => connection.request({ method: 'GET', url }))
    .catch((error) => Promise.reject(toCrmError(error)));
  const parsed = queryPage.safeParse(answer);
  if (!parsed.success) throw new AppError('crm.answer-unreadable');
  return parsed.data;
}

function idOf(row: unknown): string | null {
  return typeof row === 'object' && row !== null && 'Id' in row && typeof row.Id === 'string' ? row.Id : null;
}
