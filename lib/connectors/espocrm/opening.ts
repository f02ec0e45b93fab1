import type { ObjectKind } from '@/lib/crm/records';
import { followsAccount, isNarrow } from '@/lib/crm/selection';
import { AppError } from '@/lib/shared/errors';
import type { Want } from '../connector';
import { listAnswer } from './api-schemas';
import type { EspoClient } from './client';
import { describeEntity, type Entity, meaningsIn, stagesIn, whoAmI } from './describe';
import { grantedFields } from '../field-map';
import type { ObjectOpening } from '../pull-plan';
import { FIELDS } from './fields';
import type { Meanings } from './mappers';
import { ESPO_OBJECT, listPath, type Where } from './queries';
import { chosenWhere, type ScopeContext, scopeWhere } from './scope';

/** What EspoCRM says of one object when a run begins. */
export interface Opening extends ObjectOpening {
  /** All that a record of the copy has to meet, but for its Account. */
  where: Where[];
  /** The same without what a record leaves by changing. */
  chosen: Where[];
  /** Whether only records of Accounts within the scope are wanted. */
  follows: boolean;
}

export interface Openings {
  openings: ReadonlyMap<ObjectKind, Opening | AppError | null>;
  meanings: Meanings;
  startedAt: string;
}

/**
 * Asks who the key belongs to, what the fields of each object are, and how many records there are: one call, and two for each
 * object. A right that was taken away is seen at once.
 * @returns an opening for each object; null for one that cannot be seen at all, an error for one that EspoCRM refuses
 * @throws AppError of the `crm.` and `auth.` groups, `selection.invalid`
 */
export async function openObjects(client: EspoClient, wants: readonly Want[]): Promise<Openings> {
  const me = await whoAmI(client);
  const serverTime = client.serverTime();
  // Our own clock may be days off, and what it dates would be asked for wrongly ever after.
  if (serverTime === null) throw new AppError('crm.answer-unreadable');
  const entities = new Map<ObjectKind, Entity | AppError | null>();
  for (const { object } of wants) entities.set(object, await describeEntity(client, me, object).catch(refusalOr));
  const seen = (object: ObjectKind): Entity | null => {
    const entity = entities.get(object);
    return entity instanceof AppError ? null : (entity ?? null);
  };
  const account = wants.find(({ object }) => object === 'account');
  const accountTypes = account ? grantedOf(account, seen('account')).types : {};

  const openings = new Map<ObjectKind, Opening | AppError | null>();
  for (const want of wants) {
    const entity = entities.get(want.object);
    if (!entity || entity instanceof AppError) openings.set(want.object, entity ?? null);
    else {
      const visible = new Set(entity.attributes.keys());
      const context = { scope: want.scope, userId: me.user.id, accountTypes, visible };
      openings.set(want.object, await opened(client, want, entity, context).catch(refusalOr));
    }
  }
  return { openings, meanings: meaningsIn(seen('opportunity')), startedAt: new Date(serverTime).toISOString() };
}

function grantedOf({ object, selection, scope }: Want, entity: Entity | null) {
  return grantedFields(FIELDS.wantedFields(object, selection, scope), entity?.attributes ?? new Map());
}

async function opened(client: EspoClient, want: Want, entity: Entity, context: ScopeContext): Promise<Opening> {
  const { object, selection, scope } = want;
  const where = scopeWhere(object, context);
  const follows = followsAccount(object) && isNarrow(scope);
  return {
    want,
    wanted: FIELDS.wantedFields(object, selection, scope),
    ...grantedOf(want, entity),
    stages: object === 'opportunity' ? stagesIn(entity) : undefined,
    where,
    chosen: chosenWhere(object, context),
    scope: scopeText(where, follows ? scopeWhere('account', context) : null),
    follows,
    count: follows ? null : await countOf(client, ESPO_OBJECT[object], where),
  };
}

const scopeText = (own: readonly Where[], account: readonly Where[] | null): string =>
  JSON.stringify(account ? { own, account } : own);

/** How many records meet conditions; null where EspoCRM is set not to count. One call. @throws AppError */
export async function countOf(client: EspoClient, entityType: string, where: readonly Where[]): Promise<number | null> {
  const { total } = await client.get(listPath(entityType, { select: ['id'], where, maxSize: 1, orderBy: 'id' }), listAnswer);
  return total < 0 ? null : total;
}

/** What concerns one object is no reason to leave the others as they are. */
function refusalOr(error: unknown): AppError {
  if (error instanceof AppError && (error.code === 'crm.refused' || error.code === 'crm.forbidden')) return error;
  throw error;
}
