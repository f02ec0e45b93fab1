import type { EntityDefs } from './entities.ts';

type Level = 'all' | 'no';

/** What the role of the API user allows, as `App/user` tells it and as every call is held to it. Tests change it. */
export interface Rights {
  /** No right at all: an API user without a role. */
  hasRole: boolean;
  scopes: Record<string, { create: 'yes' | 'no'; read: Level; edit: Level; delete: Level }>;
  fields: Record<string, Record<string, { read: 'yes' | 'no'; edit: 'yes' | 'no' }>>;
}

export function allRights(defs: Record<string, EntityDefs>): Rights {
  const all: Rights['scopes'][string] = { create: 'yes', read: 'all', edit: 'all', delete: 'all' };
  const scopes = Object.fromEntries(Object.keys(defs).map((type) => [type, { ...all }]));
  scopes.User = { create: 'no', read: 'all', edit: 'no', delete: 'no' };
  return { hasRole: true, scopes, fields: {} };
}

type Action = 'create' | 'read' | 'edit' | 'delete';

export function may({ hasRole, scopes }: Rights, type: string, action: Action): boolean {
  const level = scopes[type]?.[action];
  return hasRole && level !== undefined && level !== 'no';
}

/** Attributes that the role hides. */
export function hiddenAttributes({ fields }: Rights, type: string): Set<string> {
  const hidden = Object.entries(fields[type] ?? {}).filter(([, { read }]) => read === 'no');
  return new Set(hidden.flatMap(([name]) => [name, `${name}Id`, `${name}Name`, `${name}IsOptedOut`, `${name}Currency`]));
}

/** The `acl` of `App/user`: scopes that may not be seen are left out, and an empty table is a list, as PHP writes it. */
export function aclOf(rights: Rights): Record<string, unknown> {
  const seen = Object.entries(rights.scopes).filter(([type]) => may(rights, type, 'read'));
  const fields = Object.entries(rights.fields);
  return {
    table: { ...Object.fromEntries(seen), Calendar: true },
    fieldTable: fields.length === 0 ? [] : Object.fromEntries(fields),
    assignmentPermission: 'all',
  };
}
