import type { SandboxClock } from '../org/clock.ts';
import { entityDefs } from './entities.ts';
import type { EntityDefs } from './entities.ts';
import type { Row } from './where.ts';

export type Values = Readonly<Record<string, unknown>>;

/** The records of one EspoCRM, by entity type. This is the back door: no right is asked for. */
export interface EspoStore {
  readonly clock: SandboxClock;
  readonly defs: Record<string, EntityDefs>;
  /** Records that are not deleted. */
  rows(type: string): Row[];
  deleted(type: string): Row[];
  /** One record, deleted or not. */
  find(type: string, id: string): Row | undefined;
  insert(type: string, values: Values, by?: string): Row;
  update(type: string, id: string, values: Values, by?: string): Row;
  remove(type: string, id: string): void;
  /** The record comes back as it was: no stamp moves. */
  restore(type: string, id: string): void;
  /** A record that the API user may not see. */
  hide(type: string, id: string): void;
  isHidden(type: string, id: string): boolean;
}

/** `2026-05-01 07:25:37`: UTC without a zone. */
export const stampOf = (ms: number): string => new Date(ms).toISOString().slice(0, 19).replace('T', ' ');

export function createStore(clock: SandboxClock): EspoStore {
  const defs = entityDefs();
  const tables = new Map<string, Map<string, Row>>(Object.keys(defs).map((type) => [type, new Map()]));
  const hidden = new Set<string>();
  let count = 0;
  /** 17 characters, as EspoCRM makes them: later ones are not always greater, here as there. */
  const newId = () => {
    count += 1;
    return (Math.imul(count, 0x9e3779b1) >>> 0).toString(16).padStart(8, '0') + count.toString(16).padStart(9, '0');
  };
  const table = (type: string) => {
    const found = tables.get(type);
    if (!found) throw new Error(`the sandbox has no entity type ${type}`);
    return found;
  };
  const existing = (type: string, id: string): Row => {
    const row = table(type).get(id);
    if (!row) throw new Error(`the sandbox has no ${type} ${id}`);
    return row;
  };
  const derived = (type: string, row: Row): Row => {
    const isPerson = defs[type]?.fields.name?.type === 'personName';
    const name = [row.firstName, row.lastName].filter(Boolean).join(' ');
    const own = isPerson && name !== '' ? { name } : {};
    return { ...row, ...own, ...(type === 'Task' ? taskLinks(row) : {}) };
  };
  /** A Task's Account and Contact follow from its parent. */
  const taskLinks = ({ parentType, parentId }: Row): Values => {
    if (typeof parentType !== 'string' || typeof parentId !== 'string') return {};
    if (parentType === 'Account') return { accountId: parentId };
    const parent = tables.get(parentType)?.get(parentId);
    return { accountId: parent?.accountId ?? null, ...(parentType === 'Contact' ? { contactId: parentId } : {}) };
  };
  const presets = (type: string): Values =>
    Object.fromEntries(
      Object.entries(defs[type]?.fields ?? {}).flatMap(([name, def]) => {
        if (def.type === 'bool') return [[name, def.default ?? false]];
        return def.default === undefined || def.default === '' ? [] : [[name, def.default]];
      }),
    );

  return {
    clock,
    defs,
    rows: (type) => [...table(type).values()].filter(({ deleted }) => deleted !== true),
    deleted: (type) => [...table(type).values()].filter(({ deleted }) => deleted === true),
    find: (type, id) => tables.get(type)?.get(id),
    insert(type, values, by = 'system') {
      const now = stampOf(clock.now());
      const stamps = { createdAt: now, modifiedAt: now, createdById: by, modifiedById: by };
      const currency = type === 'Opportunity' ? { amountCurrency: 'EUR' } : {};
      const row = derived(type, {
        id: newId(),
        deleted: false,
        versionNumber: 1,
        ...presets(type),
        ...currency,
        ...stamps,
        ...values,
      });
      table(type).set(row.id, row);
      return row;
    },
    update(type, id, values, by = 'system') {
      const before = existing(type, id);
      const version = Number(before.versionNumber) + 1;
      const stamps = { modifiedAt: stampOf(clock.now()), modifiedById: by, versionNumber: version };
      const row = derived(type, { ...before, ...stamps, ...values, id });
      table(type).set(id, row);
      return row;
    },
    remove: (type, id) => void table(type).set(id, { ...existing(type, id), deleted: true }),
    restore: (type, id) => void table(type).set(id, { ...existing(type, id), deleted: false }),
    hide: (type, id) => void hidden.add(`${type}/${id}`),
    isHidden: (type, id) => hidden.has(`${type}/${id}`),
  };
}
