import type { Egress } from '@/lib/egress/egress';
import type { ObjectKind } from '@/lib/crm/records';
import { AppError } from '@/lib/shared/errors';
import type { Sleep } from '@/lib/shared/clock';
import { type Pace, UNPACED } from '@/lib/shared/pace';
import type { Connector, Session, SessionStore } from '../connector';
import { invalidChoice } from '../key-client';
import { createClient } from './client';
import { createPortal } from './describe';
import { FIELDS } from './fields';
import { liveAccount } from './live-account';
import { ownerRecord, toRecord } from './mappers';
import { ownersOf } from './owners';
import { countOf, openPull } from './pull';
import { byIds, TYPE } from './queries';
import { scopeGroups } from './scope';
import { createWriter } from './writer';

export const HUBSPOT_LABEL = 'HubSpot';

/** HubSpot's numbers for the objects, as they stand in addresses. */
const NUMBER: Partial<Record<ObjectKind, string>> = { account: '0-2', contact: '0-1', opportunity: '0-3', lead: '0-136' };
const placeIn = ({ orgId }: Pick<Session, 'orgId'>) => orgId.split('/') as [host: string, portal: string];

/** Where an administrator ends a token: the account's private apps. */
export function tokensPage(session: Pick<Session, 'orgId'>): string {
  const [host, portal] = placeIn(session);
  return `https://${host}/private-apps/${portal}`;
}

/** The connector of one HubSpot account: its public API, with the token of a private app. */
export function createHubspotConnector(options: {
  connectionId: string;
  session: Session;
  sessions: SessionStore;
  egress: Egress;
  /** How long reading large answers shares the thread with people; none by default. */
  pace?: Pace;
  sleep?: Sleep;
  /** Before every call. @throws AppError when the token may not be used */
  mayUse?: () => Promise<void>;
}): Connector {
  const { connectionId, session, pace = UNPACED } = options;
  const client = createClient(options);
  let portal = createPortal(client);
  return {
    async open(wants, run) {
      const running = client.forRun(run);
      const opened = await openPull(running, createPortal(running), wants, { ...run, connectionId, pace });
      portal = createPortal(client);
      return opened;
    },
    account: (known, wants) => liveAccount(client, portal, connectionId, known, wants),
    async preview(scope) {
      const described = await portal.described('account');
      const groups = scopeGroups('account', scope, session.userId, described);
      try {
        return { accounts: await countOf(client, TYPE.account, groups) };
      } catch (error) {
        return invalidChoice(error);
      }
    },
    async fields(object) {
      const described = await portal.described(object);
      if (!described) throw new AppError('crm.object-missing');
      return [...described.properties.values()]
        .filter(({ hidden }) => !hidden)
        .map(({ name, label, options: values }) => ({
          name,
          label,
          model: FIELDS.modelNameOf(object, name),
          filterable: true,
          options: values.map(({ value, label: words }) => ({ value, label: words })),
        }))
        .sort((a, b) => a.label.localeCompare(b.label));
    },
    writer: createWriter(client, () => portal, options.sleep),
    calls: client.calls,
    usage: client.usage,
    recordUrl(object, id) {
      const [host, account] = placeIn(session);
      const number = NUMBER[object];
      if (object === 'task') return `https://${host}/tasks/${account}/view/all/task/${id}`;
      return number ? `https://${host}/contacts/${account}/record/${number}/${id}` : `https://${host}/settings/${account}/users`;
    },
    // No call ends a token: an administrator has to do it.
    revoke: async () => false,
    async read(object, id, fields) {
      if (object === 'user')
        return (await ownersOf(client)).filter((one) => one.id === id).map((one) => ownerRecord(connectionId, one))[0] ?? null;
      const [row] = await byIds(client, TYPE[object], [id], fields);
      const described = await portal.described(object);
      const meanings = { connectionId, described, currency: await portal.currency(), extra: FIELDS.extraFields(object, fields) };
      return row === undefined ? null : toRecord(object, row, meanings);
    },
  };
}
