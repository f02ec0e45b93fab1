/** Finds what a path like `Account.Owner.Name` stands for, once per query, as a function from a row to its value. */
import type { Org } from '../org/org.ts';
import { text } from '../org/schema/field-kinds.ts';
import type { FieldDescriptor } from '../org/schema/field.ts';
import type { ObjectType } from '../org/schema/object-type.ts';
import type { Row, Value } from '../org/table.ts';
import { noSuchColumn, noSuchRelationship } from './soql-error.ts';

export interface ResolvedField {
  descriptor: FieldDescriptor;
  /** The name in the CRM's own spelling. */
  name: string;
  get(row: Row): Value;
}

export interface ResolvedRelationship {
  name: string;
  /** What the related record is; undefined for a key that may point at several objects. */
  type: ObjectType | undefined;
  follow(row: Row): Row | undefined;
}

/** The fields all objects share that a polymorphic key may point at. */
const NAME_FIELDS = ['Id', 'Name', 'Type', 'FirstName', 'LastName', 'Title', 'Email', 'Phone', 'Alias', 'Username'].map((name) =>
  text(name, name, 255),
);

/** @param type the object the path starts at; undefined for "Name", behind a polymorphic key */
export function resolveField(org: Org, type: ObjectType | undefined, path: string): ResolvedField {
  const [first = '', ...rest] = path.split('.');
  if (rest.length > 0) {
    const relationship = resolveRelationship(type, first, org);
    const target = resolveField(org, relationship.type, rest.join('.'));
    return {
      ...target,
      get(row) {
        const related = relationship.follow(row);
        return related ? target.get(related) : null;
      },
    };
  }
  const descriptor = type ? type.field(first) : NAME_FIELDS.find((field) => field.name.toLowerCase() === first.toLowerCase());
  if (!descriptor) throw noSuchColumn(first, type?.name ?? 'Name');
  const { name } = descriptor;
  if (!type && name === 'Type') return { descriptor, name, get: (row) => org.schema.byPrefix(row.Id)?.name ?? null };
  if (descriptor.type === 'boolean') return { descriptor, name, get: (row) => row[name] ?? false };
  return { descriptor, name, get: (row) => row[name] ?? null };
}

export function resolveRelationship(type: ObjectType | undefined, name: string, org: Org): ResolvedRelationship {
  const key = type?.relationship(name);
  if (!key?.relationshipName) throw noSuchRelationship(name);
  if (key.polymorphicForeignKey) {
    return {
      name: key.relationshipName,
      type: undefined,
      follow(row) {
        const id = String(row[key.name] ?? '');
        const object = org.schema.byPrefix(id)?.name;
        return object === undefined ? undefined : alive(org.find(object, id));
      },
    };
  }
  const target = org.schema.object(key.referenceTo[0] ?? '');
  if (!target) throw noSuchRelationship(name);
  const table = org.table(target.name);
  return { name: key.relationshipName, type: target, follow: (row) => alive(table.get(String(row[key.name] ?? ''))) };
}

const alive = (row: Row | undefined) => (row?.IsDeleted === true ? undefined : row);
