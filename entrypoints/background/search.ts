import type { CrmRecord } from '@/lib/crm/records';
import { hasObjected } from '@/lib/crm/objection';
import type { SearchAnswer, SearchItem } from '@/lib/messaging/search-protocol';
import { findRecords } from '@/lib/search/find-records';
import { parseQuery } from '@/lib/search/query';
import { SEARCHED, type SearchedRecord } from '@/lib/search/search-line';
import { shownTexts } from '@/lib/search/shown-texts';
import { type ErrorCode, toAppError } from '@/lib/shared/errors';
import type { Connections } from './connections';
import type { LiveConnection } from './live-connection';
import { sampleMark } from './crm-label';

const MOST_FOUND = 20;

const accountOf = (record: SearchedRecord) =>
  record.object === 'contact' || record.object === 'opportunity' ? record.fields.accountId : null;

/** Searches one connection's copy. @throws AppError of the `storage.` and `vault.` groups */
async function searchOne(text: string, { entry, me, copy, connector }: LiveConnection) {
  const query = parseQuery(text);
  const found = await findRecords(text, { store: copy.store, me }, MOST_FOUND);
  if (!query) return [];
  const ids = [...new Set(found.flatMap(({ record }) => accountOf(record) ?? []))];
  const accounts = new Map((await copy.store.lookUp('account', ids)).map((one) => [one.id, one]));
  return found.map(({ record, score }) => {
    const account = accounts.get(accountOf(record) ?? '') ?? null;
    const item: SearchItem = {
      connectionId: entry.id,
      ...sampleMark(entry.crm),
      object: record.object,
      id: record.id,
      url: connector.recordUrl(record.object, record.id),
      ...shownTexts(record, account, query),
      ...(hasObjected(record) ? { objected: true } : {}),
      website: websiteOf(record, account),
    };
    return { item, score };
  });
}

function websiteOf(record: SearchedRecord, account: CrmRecord<'account'> | null): string | null {
  return record.object === 'account' || record.object === 'lead' ? record.fields.website : (account?.fields.website ?? null);
}

/** Whether there is something to search, and whether more may come. */
async function stateOf(ready: readonly LiveConnection[]): Promise<SearchAnswer['state']> {
  if (ready.length === 0) return 'not-connected';
  const states = await Promise.all(ready.map(({ runner }) => runner.status()));
  if (states.some(({ lastSuccessAt, running }) => lastSuccessAt === null && running !== null)) return 'syncing';
  return states.some(({ lastSuccessAt }) => lastSuccessAt !== null) ? 'ready' : 'unsynced';
}

/** Searches all connections, best first. One that cannot be read does not hide the others; it is said. */
export async function searchAll(text: string, connections: Pick<Connections, 'ready' | 'entries'>): Promise<SearchAnswer> {
  const ready = await connections.ready();
  let code: ErrorCode | null = (await connections.entries()).length > ready.length ? 'storage.unreadable' : null;
  const lists = await Promise.all(
    ready.map((connection) =>
      searchOne(text, connection).catch((error) => {
        code = toAppError(error).code;
        return [];
      }),
    ),
  );
  const best = lists.flat().sort((a, b) => a.score - b.score);
  return { items: best.slice(0, MOST_FOUND).map(({ item }) => item), state: await stateOf(ready), code };
}

/** Whether a text is the address of a page in a connected CRM. */
export async function isRecordPage(text: string, connections: Pick<Connections, 'ready'>): Promise<boolean> {
  const origin = URL.parse(text)?.origin;
  if (origin === undefined) return false;
  const ready = await connections.ready();
  return ready.some(({ connector }) => URL.parse(connector.recordUrl('account', '0'))?.origin === origin);
}

/** Brings the lines of all connections into memory, so that the first letter that is typed finds them there. */
export async function makeReady(connections: Pick<Connections, 'ready'>): Promise<void> {
  for (const { copy } of await connections.ready()) {
    for (const object of SEARCHED) for await (const _ of copy.store.lines(object));
  }
}
