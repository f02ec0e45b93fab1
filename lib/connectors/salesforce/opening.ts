import type { ObjectKind } from '@/lib/crm/records';
import { AppError } from '@/lib/shared/errors';
import type { Checkpoint, FieldType, Want } from '../connector';
import { hasApiCode, partError, toCrmError } from './api-errors';
import { deletedAnswer, objectDescribe, queryPage } from './api-schemas';
import type { SalesforceClient } from './client';
import { askTogether, type Part, type PartAnswer } from './composite';
import { grantedFields, stagesIn, wantedFields } from './fields';
import { isoTime } from './mappers';
import { countQuery, deletedPath, describePath, queryPath, recordsQuery } from './queries';
import { leftOutConditions } from './leave-out';
import { chosenCondition, joined, scopeCondition, type ScopeContext } from './scope';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** getDeleted reaches back 15 days (REST API guide, resources_getdeleted); a day is kept in hand. */
const DELETED_WINDOW_MS = 14 * DAY;
/** A changed permission may not move a description's date, so that it is asked for anew once a week whatever that says. */
const DESCRIBED_FOR_MS = 7 * DAY;

export interface QueryPage {
  totalSize: number;
  done: boolean;
  nextRecordsUrl?: string | undefined;
  records: unknown[];
}

interface Deletions {
  /** When which record was deleted, as ISO times. */
  at: ReadonlyMap<string, string>;
  until: string;
  /** The CRM cannot tell all of them any more. */
  sweep: boolean;
}

/** What the CRM says of one object when a run begins. */
export interface Opening {
  want: Want;
  fields: string[];
  wanted: string[];
  types: Record<string, FieldType>;
  stages: string[] | undefined;
  describedAt: string;
  /** All that a record of the copy has to meet now. */
  scope: string;
  /** The same in words that stay the same from day to day, to tell whether another scope was chosen. */
  mark: string;
  /** The same without what a record leaves by changing. */
  chosen: string;
  /** The first page of what changed; null when the pull has to begin, or go on, in another way. */
  changes: QueryPage | null;
  deletions: Deletions;
  count: number | null;
}

interface Asked {
  want: Want;
  wanted: string[];
  /** The description is the same as last time unless the CRM says otherwise. */
  since: Checkpoint | null;
}

const iso = (time: number) => new Date(time).toISOString();
const httpDate = (isoDate: string) => new Date(isoDate).toUTCString();

/**
 * Asks for all objects at once: what their fields are (only when that has changed), what changed of them, what was deleted and
 * how many there are. Four calls for six objects of which nothing changed.
 * @returns an opening for each object; null for one that the user cannot see at all, an error for one that the CRM refuses
 * @throws AppError of the `crm.` and `auth.` groups, `selection.invalid`
 */
export async function openObjects(
  client: SalesforceClient,
  wants: readonly Want[],
  now: number,
): Promise<{ openings: Map<ObjectKind, Opening | AppError | null>; startedAt: string }> {
  const { userId } = await client.session();
  const asked = wants.map((want): Asked => {
    const wanted = wantedFields(want.object, want.selection, want.scope);
    const same = want.since?.wanted.join() === wanted.join();
    const recent = now - Date.parse(want.since?.describedAt ?? '') < DESCRIBED_FOR_MS;
    return { want, wanted, since: same && recent ? want.since : null };
  });
  const first = await askTogether(client, [
    ...asked.map(descriptionPart),
    ...asked.flatMap((one) => changesPart(one.want, userId, asked) ?? []),
  ]);
  const serverTime = client.serverTime();
  // Our own clock may be days off, and what it dates would be asked for wrongly ever after.
  if (serverTime === null) throw new AppError('crm.answer-unreadable');
  const startedAt = iso(serverTime);

  const openings = new Map<ObjectKind, Opening | AppError | null>();
  for (const one of asked) openings.set(one.want.object, await described(one).catch(refusalOr));
  const seen = [...openings.values()].flatMap((opening) => (opening && !(opening instanceof AppError) ? [opening] : []));
  const accountTypes = seen.find(({ want }) => want.object === 'account')?.types ?? {};
  for (const opening of seen) {
    const context: ScopeContext = { scope: opening.want.scope, userId, accountTypes };
    const scope = scopeCondition(opening.want.object, context);
    const left = leftOutConditions(opening.want, opening.fields);
    opening.scope = joined([scope, left.now]);
    opening.mark = joined([scope, left.always]);
    opening.chosen = chosenCondition(opening.want.object, context);
    if (opening.want.since?.fields.join() !== opening.fields.join()) opening.changes = null;
  }
  const second = await askTogether(client, [
    ...seen.map(({ want, scope }): Part => ({ ref: `count_${want.object}`, path: queryPath(countQuery(want.object, scope)) })),
    ...seen.flatMap(({ want }) => deletionsPart(want, Date.parse(startedAt)) ?? []),
  ]);
  for (const opening of seen) {
    opening.count = countIn(second.get(`count_${opening.want.object}`));
    opening.deletions = deletionsOf(opening.want, second.get(`deleted_${opening.want.object}`), startedAt);
  }
  return { openings, startedAt };

  async function described({ want, wanted, since }: Asked): Promise<Opening | null> {
    const changes = first.get(`changes_${want.object}`);
    const hidden = changes !== undefined && changes.status >= 400 && hasApiCode(partError(changes.body), 'INVALID_FIELD');
    const answer = first.get(`fields_${want.object}`);
    // The description says it is the same, the query says a field is gone: then the query is right.
    const fresh = hidden && answer?.status === 304 ? await describeAnew(want.object) : answer;
    if (!fresh || isMissing(fresh) || (changes && isMissing(changes))) return null;
    const granted = fresh.status === 304 && since ? since : grantedBy(want.object, wanted, fresh);
    const describedAt = fresh.status === 304 && since ? since.describedAt : startedAt;
    return {
      want,
      wanted,
      fields: granted.fields,
      types: granted.types,
      stages: granted.stages,
      describedAt,
      scope: '',
      mark: '',
      chosen: '',
      changes: changes && !hidden ? pageIn(changes) : null,
      deletions: { at: new Map(), until: startedAt, sweep: false },
      count: null,
    };
  }

  async function describeAnew(object: ObjectKind): Promise<PartAnswer | undefined> {
    return (await askTogether(client, [{ ref: 'fields', path: describePath(object) }])).get('fields');
  }
}

/** True when every change up to some time is known, so that only newer ones are asked for. */
export function isWhole(since: Checkpoint | null): since is Checkpoint & { coveredUntil: string } {
  return since !== null && since.coveredUntil !== null && since.pull === null;
}

function descriptionPart({ want, since }: Asked): Part {
  const part = { ref: `fields_${want.object}`, path: describePath(want.object) };
  return since ? { ...part, headers: { 'If-Modified-Since': httpDate(since.describedAt) } } : part;
}

function changesPart({ object, scope, since }: Want, userId: string, asked: readonly Asked[]): Part | null {
  if (!isWhole(since)) return null;
  const account = asked.find((one) => one.want.object === 'account')?.want.since;
  // A scope that names a field for the first time waits until that field is described.
  if (scope.conditions.some(({ field }) => !account?.types[field])) return null;
  const condition = chosenCondition(object, { scope, userId, accountTypes: account?.types ?? {} });
  const position = { from: since.coveredUntil };
  return {
    ref: `changes_${object}`,
    path: queryPath(recordsQuery(object, since.fields, { position, condition, ordered: true })),
  };
}

/** Users are never deleted, and a window has to be longer than a minute. */
function deletionsPart({ object, since }: Want, now: number): Part | null {
  if (!since || object === 'user') return null;
  const age = now - Date.parse(since.deletedUntil);
  if (age <= 2 * MINUTE || age > DELETED_WINDOW_MS) return null;
  return { ref: `deleted_${object}`, path: deletedPath(object, since.deletedUntil, iso(now)) };
}

function deletionsOf({ object, since }: Want, answer: PartAnswer | undefined, startedAt: string): Deletions {
  const at = new Map<string, string>();
  if (!since || object === 'user') return { at, until: startedAt, sweep: false };
  const age = Date.parse(startedAt) - Date.parse(since.deletedUntil);
  if (age > DELETED_WINDOW_MS || age < -MINUTE) return { at, until: startedAt, sweep: true };
  if (!answer) return { at, until: since.deletedUntil, sweep: false };
  if (answer.status >= 400) {
    const error = toCrmError(partError(answer.body));
    if (!isAboutTheObject(error)) throw error;
    // Too many to be listed, too long ago for this org, or not for this user: comparing all ids tells the same.
    return { at, until: startedAt, sweep: true };
  }
  const parsed = deletedAnswer.safeParse(answer.body);
  if (!parsed.success) throw new AppError('crm.answer-unreadable');
  const { deletedRecords, earliestDateAvailable, latestDateCovered } = parsed.data;
  return {
    at: new Map(deletedRecords.map(({ id, deletedDate }) => [id, isoTime(deletedDate)])),
    until: isoTime(latestDateCovered),
    // Its seconds are cut off: what was purged may lie up to a minute behind it.
    sweep: Date.parse(isoTime(earliestDateAvailable)) + MINUTE > Date.parse(since.deletedUntil),
  };
}

/** True for a refusal that concerns one object; the others can be brought up to date all the same. */
function isAboutTheObject(error: unknown): error is AppError {
  return error instanceof AppError && (error.code === 'crm.refused' || error.code === 'crm.forbidden');
}

function refusalOr(error: unknown): AppError {
  if (isAboutTheObject(error)) return error;
  throw error;
}

function isMissing({ status, body }: PartAnswer): boolean {
  const error = partError(body);
  return status >= 400 && (hasApiCode(error, 'INVALID_TYPE') || hasApiCode(error, 'NOT_FOUND'));
}

function grantedBy(
  object: ObjectKind,
  wanted: readonly string[],
  answer: PartAnswer,
): Pick<Opening, 'fields' | 'types' | 'stages'> {
  const described = described200(answer);
  return { ...grantedFields(wanted, described), stages: stagesIn(object, described) };
}

function described200({ status, body }: PartAnswer) {
  if (status >= 400) throw toCrmError(partError(body));
  const parsed = objectDescribe.safeParse(body);
  if (!parsed.success) throw new AppError('crm.answer-unreadable');
  return parsed.data.fields;
}

function pageIn({ status, body }: PartAnswer): QueryPage {
  if (status >= 400) throw toCrmError(partError(body));
  const parsed = queryPage.safeParse(body);
  if (!parsed.success) throw new AppError('crm.answer-unreadable');
  return parsed.data;
}

/** A count that the CRM could not give in time is no reason to end the run. */
function countIn(answer: PartAnswer | undefined): number | null {
  const parsed = answer?.status === 200 ? queryPage.safeParse(answer.body) : null;
  return parsed?.success ? parsed.data.totalSize : null;
}
