import type { Egress } from '@/lib/egress/egress';
import type { Sleep } from '@/lib/shared/clock';
import { type Pace, UNPACED } from '@/lib/shared/pace';
import type { Connector, Session, SessionStore } from '../connector';
import { listAnswer } from './api-schemas';
import { fieldChoices, previewScope } from './choices';
import { createClient } from './client';
import { describeEntity, meaningsIn, whoAmI } from './describe';
import { FIELDS } from './fields';
import { liveAccount } from './live-account';
import { type Meanings, toRecord } from './mappers';
import { openPull } from './pull';
import { columnsOf, ESPO_OBJECT, idsWhere, listPath } from './queries';
import { createWriter } from './writer';

export const ESPOCRM_LABEL = 'EspoCRM';

/** Where an administrator ends a key: EspoCRM's list of API users. */
export const keysPage = (instanceUrl: string): string => `${instanceUrl}/#ApiUser`;

/** The connector of one EspoCRM connection: the API of its own server, with the key of an API user. */
export function createEspoConnector(options: {
  connectionId: string;
  session: Session;
  sessions: SessionStore;
  egress: Egress;
  /** How long reading large answers shares the thread with people; none by default. */
  pace?: Pace;
  sleep?: Sleep;
  /** Before every call. @throws AppError when the key may not be used */
  mayUse?: () => Promise<void>;
}): Connector {
  const { connectionId, session, sessions, egress, sleep, mayUse, pace = UNPACED } = options;
  const client = createClient({ sessions, egress, ...(sleep ? { sleep } : {}), ...(mayUse ? { mayUse } : {}) });
  let meanings: Promise<Meanings> | null = null;
  /** What the stages of this organisation mean; asked once in a worker's life, and anew when that failed. */
  const meaningsNow = (): Promise<Meanings> => {
    meanings ??= whoAmI(client).then(async (me) => meaningsIn(await describeEntity(client, me, 'opportunity')));
    meanings.catch(() => {
      meanings = null;
    });
    return meanings;
  };
  return {
    async open(wants, run) {
      meanings = null;
      return openPull(client, wants, run, { connectionId, pace });
    },
    account: async (known, wants) => liveAccount(client, connectionId, known, wants, await meaningsNow()),
    preview: (scope) => previewScope(client, scope),
    fields: (object) => fieldChoices(client, object),
    writer: createWriter(client),
    calls: client.calls,
    // EspoCRM has no quota of calls that could be told.
    usage: () => null,
    recordUrl: (object, id) => `${session.instanceUrl}/#${ESPO_OBJECT[object]}/view/${id}`,
    // No call ends a key: its API user has to be switched off by an administrator.
    revoke: async () => false,
    async read(object, id, fields) {
      const path = listPath(ESPO_OBJECT[object], { select: columnsOf(fields), where: [idsWhere([id])], maxSize: 1 });
      const { list } = await client.get(path, listAnswer);
      const [row] = list;
      return row === undefined
        ? null
        : toRecord(object, connectionId, row, { extra: FIELDS.extraFields(object, fields), meanings: await meaningsNow() });
    },
  };
}
