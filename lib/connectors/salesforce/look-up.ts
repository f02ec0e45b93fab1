import type { LookUpHit } from '../creation-contract';
import { nameAnswer, queryPage } from './api-schemas';
import type { SalesforceClient } from './client';
import { askTogether } from './composite';
import { queryPath } from './queries';

const MOST_HITS = 10;
/** Objects that one call can ask; a Task may belong to dozens. */
const MOST_OBJECTS = 5;
/** Who may be meant most often comes first. */
const FIRST = ['Account', 'Contact', 'Lead', 'Opportunity', 'User'];

/** What tells records of one name apart. */
const DETAIL: Readonly<Record<string, string>> = {
  Account: 'BillingCity',
  Contact: 'Email',
  Lead: 'Company',
  Opportunity: 'StageName',
  User: 'Email',
};
const CONDITION: Readonly<Record<string, string>> = {
  User: "IsActive = true AND UserType = 'Standard'",
  Lead: 'IsConverted = false',
};

/**
 * Records of `objects` a word of whose name begins with `text`, ten at most. One call; a second one when this user may not see
 * what tells them apart. An object that this user cannot see, or that has no name, is left out.
 * @throws AppError of the `crm.` and `auth.` groups
 */
export async function lookUpRecords(client: SalesforceClient, objects: readonly string[], text: string): Promise<LookUpHit[]> {
  const wanted = text.trim();
  const asked = [...FIRST.filter((one) => objects.includes(one)), ...objects.filter((one) => !FIRST.includes(one))]
    .filter((one) => /^\w+$/.test(one))
    .slice(0, MOST_OBJECTS);
  if (wanted === '' || asked.length === 0) return [];
  const partOf = (object: string, detail: string | undefined) => ({ ref: object, path: queryPath(soql(object, wanted, detail)) });
  const answers = await askTogether(
    client,
    asked.map((object) => partOf(object, DETAIL[object])),
  );
  const hidden = asked.filter((object) => DETAIL[object] && (answers.get(object)?.status ?? 0) >= 400);
  if (hidden.length > 0) {
    const plain = await askTogether(
      client,
      hidden.map((object) => partOf(object, undefined)),
    );
    for (const [object, answer] of plain) answers.set(object, answer);
  }
  return asked.flatMap((object) => hitsIn(object, answers.get(object)?.body)).slice(0, MOST_HITS);
}

function soql(object: string, text: string, detail: string | undefined): string {
  const pattern = text.replace(/[\\'%_]/g, '\\$&');
  const named = `(Name LIKE '${pattern}%' OR Name LIKE '% ${pattern}%')`;
  const where = CONDITION[object] ? `${named} AND ${CONDITION[object]}` : named;
  return `SELECT ${detail ? `Id, Name, ${detail}` : 'Id, Name'} FROM ${object} WHERE ${where} ORDER BY Name LIMIT ${MOST_HITS}`;
}

function hitsIn(object: string, body: unknown): LookUpHit[] {
  const page = queryPage.safeParse(body);
  if (!page.success) return [];
  return page.data.records.flatMap((row): LookUpHit[] => {
    const parsed = nameAnswer.safeParse({ records: [row] });
    const [record] = parsed.success ? parsed.data.records : [];
    if (!record?.Id) return [];
    const detail = (row as Record<string, unknown>)[DETAIL[object] ?? ''];
    return [{ id: record.Id, object, label: record.Name, detail: typeof detail === 'string' ? detail : null }];
  });
}
