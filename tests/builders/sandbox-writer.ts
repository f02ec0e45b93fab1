import type { Connector } from '@/lib/connectors/connector';
import type { CreateValues, RecordWriter } from '@/lib/connectors/creation-contract';
import type { Send } from '@/lib/egress/egress';
import { AppError } from '@/lib/shared/errors';

const NAMES = { lead: 'Lead', contact: 'Contact', account: 'Account', opportunity: 'Opportunity', task: 'Task' } as const;

interface Options {
  connector: Connector;
  send: Send;
  session: () => { instanceUrl: string; accessToken: string };
}

const literal = (value: CreateValues[string]) =>
  typeof value === 'string' ? `'${value.replace(/['\\]/g, '\\$&')}'` : String(value);

/** The writing side of the contract on the sandbox: Leads are created by the extension's own connector, over its real requests. */
export function sandboxWriter({ connector, send, session }: Options): RecordWriter {
  async function api(method: string, path: string) {
    const { instanceUrl, accessToken } = session();
    const url = `${instanceUrl}/services/data/v62.0${path}`;
    const answer = await send({ method, url, headers: { authorization: `Bearer ${accessToken}` } });
    if (answer.status === 401) throw new AppError('auth.reconnect');
    if (answer.status === 403) throw new AppError('crm.limit');
    if (answer.status >= 500) throw new AppError('crm.unavailable');
    return answer;
  }
  const refused = () => Promise.reject(new AppError('crm.forbidden'));
  return {
    describe: refused,
    lookUp: refused,
    update: refused,
    convertLead: refused,
    async create({ record, tasks }, { allowDuplicate }) {
      if (record.object !== 'lead' || tasks.length > 0) return refused();
      const outcome = await connector.create('lead', { ...record.values }, { allowDuplicate });
      if (outcome.kind === 'created') return { ...outcome, taskIds: [], doubles: [] };
      if (outcome.kind === 'invalid') return outcome;
      return { ...outcome, matches: outcome.matches.map((match) => ({ ...match, kind: null, values: {} })) };
    },
    async findCreated({ object, values }, since) {
      const same = Object.entries(values).map(([name, value]) => `${name} = ${literal(value)}`);
      const stamp = new Date(Date.parse(since) - 60_000).toISOString();
      const soql = `SELECT Id FROM ${NAMES[object]} WHERE ${[...same, `CreatedDate >= ${stamp}`].join(' AND ')} ORDER BY CreatedDate, Id`;
      const { status, body } = await api('GET', `/query?q=${encodeURIComponent(soql)}`);
      if (status !== 200) throw new AppError('crm.refused');
      try {
        return (JSON.parse(body) as { records: { Id: string }[] }).records.map(({ Id }) => Id);
      } catch (cause) {
        throw new AppError('crm.answer-unreadable', { cause });
      }
    },
    async remove(object, id) {
      const { status } = await api('DELETE', `/sobjects/${NAMES[object]}/${id}`);
      return status === 204 || status === 404;
    },
  };
}
