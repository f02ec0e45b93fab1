import type { CreatableObject, RecordType } from '../creation-contract';
import { idRows, layoutsAnswer, queryPage, type RawDescribe } from './api-schemas';
import type { SalesforceClient } from './client';
import { askTogether, type PartAnswer } from './composite';
import { queryPath, SALESFORCE_OBJECT } from './queries';

/** `IsPersonType` is there only where person accounts are. */
const PERSON_TYPES = "SELECT Id FROM RecordType WHERE SobjectType = 'Account' AND IsPersonType = true";

/**
 * The record types that this user may choose, the default first, with the options that their picklists hold. Person accounts
 * are left out: they are people, who are created as Contacts here. At most one call.
 * @throws AppError of the `crm.` and `auth.` groups
 */
export async function recordTypesOf(
  client: SalesforceClient,
  object: CreatableObject,
  { recordTypeInfos, fields }: RawDescribe,
): Promise<RecordType[]> {
  const infos = (recordTypeInfos ?? []).filter(({ available, active, master }) => available && active !== false && !master);
  if (infos.length === 0) return [];
  const hasPeople = object === 'account' && fields.some(({ name }) => name === 'IsPersonAccount');
  const answers = await askTogether(client, [
    { ref: 'layouts', path: `/sobjects/${SALESFORCE_OBJECT[object]}/describe/layouts` },
    ...(hasPeople ? [{ ref: 'people', path: queryPath(PERSON_TYPES) }] : []),
  ]);
  const options = optionsByType(answers.get('layouts'), fields);
  const people = personTypes(answers.get('people'));
  return infos
    .filter(({ recordTypeId }) => !people.has(recordTypeId))
    .map((info) => ({
      id: info.recordTypeId,
      label: info.name,
      isDefault: info.defaultRecordTypeMapping,
      options: options.get(info.recordTypeId) ?? {},
    }))
    .sort((a, b) => Number(b.isDefault) - Number(a.isDefault));
}

/** Without an answer no picklist is narrowed: the CRM refuses a value then that does not go with the type. */
function optionsByType(answer: PartAnswer | undefined, fields: RawDescribe['fields']): Map<string, RecordType['options']> {
  const all = new Map(fields.map(({ name, picklistValues }) => [name, activeValues(picklistValues).join('\n')]));
  const parsed = layoutsAnswer.safeParse(answer?.body);
  const mappings = parsed.success ? parsed.data.recordTypeMappings : [];
  return new Map(
    mappings.map(({ recordTypeId, picklistsForRecordType }) => [
      recordTypeId,
      Object.fromEntries(
        (picklistsForRecordType ?? [])
          .map(({ picklistName, picklistValues }) => [picklistName, activeValues(picklistValues ?? [])] as const)
          // A form needs only those that are not as everywhere.
          .filter(([name, values]) => all.get(name) !== values.join('\n')),
      ),
    ]),
  );
}

const activeValues = (values: readonly { value: string; active: boolean }[]): string[] =>
  values.filter(({ active }) => active).map(({ value }) => value);

function personTypes(answer: PartAnswer | undefined): Set<string> {
  const page = queryPage.safeParse(answer?.body);
  const rows = idRows.safeParse(page.success ? page.data.records : []);
  return new Set(rows.success ? rows.data.map(({ Id }) => Id) : []);
}
