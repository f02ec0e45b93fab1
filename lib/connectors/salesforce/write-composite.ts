import type { Clock } from '@/lib/shared/clock';
import { AppError } from '@/lib/shared/errors';
import type { CreateOptions, CreateOutcome, CreateValues, NewRecord, NewRecords } from '../creation-contract';
import { apiErrorsIn, partError } from './api-errors';
import { compositeAnswer, createAnswer, queryPage } from './api-schemas';
import type { SalesforceClient } from './client';
import { API_ROOT } from './rest-api';
import type { PartAnswer } from './composite';
import { lostOr, refusalOf } from './create-outcome';
import { createdQuery, likeRows } from './find-created';
import { queryPath, SALESFORCE_OBJECT } from './queries';
import { readAs } from './requests';
import { personValues, sentValues } from './sent-values';
import { createAlone } from './write-alone';

/** How far back the same record is looked for when the server has not told its time yet. */
const LOOK_BACK_MS = 600_000;
/** A double that is older than the newest ones is none of this request. */
const MOST_DOUBLES = 10;
/** Parts that the record can do without. */
const [PERSON, DOUBLES] = ['person', 'doubles'];

interface Sent {
  method: 'POST' | 'GET';
  url: string;
  referenceId: string;
  body?: CreateValues;
  httpHeaders?: Record<string, string>;
}

/** Salesforce reads this as the beginning of a reference to an earlier part, in every text of a composite request. */
const REFERENCE = '@{';

/**
 * Creates a record and its Tasks, all or nothing, in one composite request that also asks whether the record is there twice:
 * a browser sends a request again by itself when the connection broke under it. The owner stays the user unless `assign` says
 * otherwise: without the header assignment rules would take a new Lead away.
 *
 * Somebody may have typed `@{x}`. The composite API has no way to write it that is no reference (REST API guide, "Composite
 * Subrequest": `@{referenceId.FieldName}`), so that such a record goes by itself, and the question for doubles behind it. With
 * Tasks it would be neither all nor nothing, and is refused before anything is sent.
 * @throws AppError `crm.refused` for such a text together with Tasks
 * @throws AppError `create.unclear` when the answer was lost on the way, so that nobody sends it twice unknowingly; others of
 * the `crm.` and `auth.` groups
 */
export async function createTogether(
  client: SalesforceClient,
  records: NewRecords,
  options: CreateOptions,
  clock: Clock,
): Promise<CreateOutcome> {
  const { userId } = await client.session();
  // All that was answered before was created before.
  const before = client.serverTime();
  const from = new Date(before ?? clock.now() - LOOK_BACK_MS).toISOString();
  const doubles: Sent = {
    method: 'GET',
    url: API_ROOT + queryPath(`${createdQuery(records.record, userId, from)} ORDER BY CreatedDate DESC LIMIT ${MOST_DOUBLES}`),
    referenceId: DOUBLES,
  };
  const begun = clock.now();
  const since = () =>
    Math.max(before === null ? -Infinity : before + 1, (client.serverTime() ?? Infinity) - (clock.now() - begun));
  if (JSON.stringify(records).includes(REFERENCE)) {
    if (records.tasks.length > 0) throw new AppError('crm.refused');
    const [headers] = createParts(records, options, false).map(({ httpHeaders }) => httpHeaders ?? {});
    const { outcome, looked } = await createAlone(client, records.record, headers ?? {}, doubles.url);
    if (outcome.kind !== 'created') return outcome;
    return { ...outcome, doubles: doublesIn(looked, records.record, { id: outcome.id, since: since() }) };
  }
  const { parts, answers } = await sendSparing(client, records, options, doubles);
  const refused = parts.find(({ referenceId }) => isRefusal(answers.get(referenceId)));
  if (refused) return refusalOfPart(refused.referenceId, answers.get(refused.referenceId)?.body);
  const [id, ...taskIds] = parts.flatMap(({ referenceId }) =>
    referenceId === PERSON ? [] : createdId(answers.get(referenceId)),
  );
  if (id === undefined) throw new AppError('create.unclear');
  const made = { id, since: since() };
  return { kind: 'created', id, taskIds, doubles: doublesIn(answers.get(DOUBLES)?.body, records.record, made) };
}

/**
 * Sends all of it. Salesforce takes everything back when it refuses to say whether there are doubles, or to make an Individual (a
 * right that not every user has): it is sent once more without that then.
 */
async function sendSparing(client: SalesforceClient, records: NewRecords, options: CreateOptions, doubles: Sent) {
  const isRefused = (answers: Map<string, PartAnswer>, ref: string) => isRefusal(answers.get(ref));
  let spared: string[] = [];
  for (;;) {
    const parts = createParts(records, options, !spared.includes(PERSON));
    const answers = await send(client, spared.includes(DOUBLES) ? parts : [...parts, doubles]);
    const refused = [PERSON, DOUBLES].filter((ref) => !spared.includes(ref) && isRefused(answers, ref));
    const isAllBack = parts.every(({ referenceId }) => refused.includes(referenceId) || isHalted(answers.get(referenceId)));
    if (refused.length === 0 || !isAllBack) return { parts, answers };
    spared = [...spared, ...refused];
  }
}

function createParts({ record, tasks }: NewRecords, { allowDuplicate, assign }: CreateOptions, withPerson: boolean): Sent[] {
  const headers = (allowSave: boolean) => ({
    'Sforce-Auto-Assign': assign ? 'TRUE' : 'FALSE',
    'Sforce-Duplicate-Rule-Header': `allowSave=${allowSave}; includeRecordDetails=true; runAsCurrentUser=true`,
  });
  const post = (referenceId: string, object: string, body: CreateValues, allowSave = allowDuplicate): Sent => ({
    method: 'POST',
    url: `${API_ROOT}/sobjects/${object}`,
    referenceId,
    body,
    httpHeaders: headers(allowSave),
  });
  const person = record.basis?.place?.person;
  const values = withPerson ? personValues(record) : null;
  const link = person && values ? { [person.field]: `@{${PERSON}.id}` } : {};
  return [
    // Two people of one name are two Individuals.
    ...(person && values ? [post(PERSON, person.object, values, true)] : []),
    post('record', SALESFORCE_OBJECT[record.object], { ...sentValues(record), ...link }),
    ...tasks.map((task, place) => post(`task${place}`, 'Task', { ...task, ...linkTo(record.object) })),
  ];
}

/** People are `who` a Task is for, everything else `what`; a Task belongs to no other. */
function linkTo(object: NewRecord['object']): CreateValues {
  if (object === 'task') return {};
  return { [object === 'lead' || object === 'contact' ? 'WhoId' : 'WhatId']: '@{record.id}' };
}

async function send(client: SalesforceClient, parts: readonly Sent[]): Promise<Map<string, PartAnswer>> {
  const body = JSON.stringify({ allOrNone: true, compositeRequest: parts });
  const headers = { 'content-type': 'application/json' };
  try {
    const { compositeResponse } = await client.run(async (api) =>
      readAs(compositeAnswer, await api.request({ method: 'POST', url: '/composite', body, headers })),
    );
    return new Map(compositeResponse.map((one) => [one.referenceId, { status: one.httpStatusCode, body: one.body }]));
  } catch (error) {
    throw lostOr(error);
  }
}

/** Taken back, or not begun, because another part was refused. */
function isHalted(answer: PartAnswer | undefined): boolean {
  return apiErrorsIn(partError(answer?.body))?.some(({ code }) => code === 'PROCESSING_HALTED') ?? false;
}

const isRefusal = (answer: PartAnswer | undefined): boolean => (answer?.status ?? 0) >= 400 && !isHalted(answer);

/** What is said against a Task names fields that the record's form does not have. */
function refusalOfPart(ref: string, body: unknown): CreateOutcome {
  const refusal = refusalOf(partError(body));
  if (ref === 'record' || refusal.kind !== 'invalid') return refusal;
  const words = [...refusal.formErrors, ...Object.values(refusal.fieldErrors)];
  return { kind: 'invalid', fieldErrors: {}, formErrors: [...new Set(words)] };
}

/** @throws AppError `create.unclear`: there is neither a refusal nor an id */
function createdId(answer: PartAnswer | undefined): string {
  const parsed = createAnswer.safeParse(answer?.body);
  if (!parsed.success) throw new AppError('create.unclear');
  return parsed.data.id;
}

/** Only what was made while this request was under way: what the user made before, alike or not, is his. */
function doublesIn(answer: unknown, record: NewRecord, own: { id: string; since: number }): string[] {
  const page = queryPage.safeParse(answer);
  return likeRows(record, page.success ? page.data.records : [])
    .filter(({ Id, CreatedDate }) => Id !== own.id && Date.parse(CreatedDate) >= own.since)
    .map(({ Id }) => Id);
}
