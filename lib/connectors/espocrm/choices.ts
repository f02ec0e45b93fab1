import type { ObjectKind } from '@/lib/crm/records';
import type { AccountScope } from '@/lib/crm/selection';
import { AppError } from '@/lib/shared/errors';
import type { FieldChoice } from '../connector';
import { invalidChoice } from '../key-client';
import type { EspoClient } from './client';
import { describeEntity, type Entity, whoAmI } from './describe';
import { FIELDS } from './fields';
import { optionsOf, wordsOf } from './labels';
import { countOf } from './opening';
import { ESPO_OBJECT } from './queries';
import { scopeWhere } from './scope';

const ALWAYS_COPIED = new Set(['id', 'modifiedAt', 'createdAt']);
/** What no condition can be made of: it is worked out when a record is read. */
const NOT_FILTERABLE = new Set(['text', 'personName', 'phone', 'email']);

async function entityOf(client: EspoClient, object: ObjectKind): Promise<Entity> {
  const entity = await describeEntity(client, await whoAmI(client), object);
  if (!entity) throw new AppError('crm.object-missing');
  return entity;
}

/** Fields that may be copied, by label. Three calls. @throws AppError */
export async function fieldChoices(client: EspoClient, object: ObjectKind): Promise<FieldChoice[]> {
  const entity = await entityOf(client, object);
  const words = await wordsOf(client, ESPO_OBJECT[object]);
  return [...entity.attributes.keys()]
    .filter((name) => !ALWAYS_COPIED.has(name))
    .map((name) => {
      const def = entity.fields.get(name);
      return {
        name,
        label: words.label(name),
        model: FIELDS.modelNameOf(object, name),
        filterable: def !== undefined && !NOT_FILTERABLE.has(def.type) && !def.notStorable,
        options: optionsOf(name, def?.options ?? [], words),
      };
    })
    .sort((a, b) => a.label.localeCompare(b.label));
}

/**
 * How many Accounts a scope selects, or what EspoCRM says against it. Three calls.
 * @throws AppError `selection.invalid` for a field or value that cannot be asked for, and those of the `crm.` group
 */
export async function previewScope(client: EspoClient, scope: AccountScope): Promise<{ accounts: number } | { invalid: string }> {
  const { userId } = await client.session();
  const { attributes } = await entityOf(client, 'account');
  const context = { scope, userId, accountTypes: Object.fromEntries(attributes), visible: new Set(attributes.keys()) };
  try {
    return { accounts: (await countOf(client, 'Account', scopeWhere('account', context))) ?? 0 };
  } catch (error) {
    return invalidChoice(error);
  }
}
