/** Finds what a path like `Account.Owner.Name` stands for, once per query, as a function from a row to its value. */
import type { RowSource } from '../org/sharing.ts';
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
export function resolveField(source: RowSource, type: ObjectType | undefined, path: string): ResolvedField {
  const [first = '', ...rest] = path.split('.');
  if (rest.length > 0) {
    const relationship = resolveRelationship(type, first, source);
    const target = resolveField(source, relationship.type, rest.join('.'));
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
  if (!type && name === 'Type') return { descriptor, name, get: (row) => source.schema.byPrefix(row.Id)?.name ?? null };
  if (descriptor.type === 'boolean') return { descriptor, name, get: (row) => row[name] ?? false };
  return { descriptor, name, get: (row) => row[name] ?? null };
}

export function resolveRelationship(type: ObjectType | undefined, name: string, source: RowSource): ResolvedRelationship {
  const key = type?.relationship(name);
  if (!key?.relationshipName) throw noSuchRelationship(name);
  const targets = key.referenceTo.flatMap((object) => source.schema.object(object) ?? []);
  const [target] = targets;
  if (!target) throw noSuchRelationship(name);
  if (key.polymorphicForeignKey) {
    const readers = new Map(targets.map((object) => [object.keyPrefix, source.reader(object.name)]));
    return {
      name: key.relationshipName,
      type: undefined,
      follow(row) {
        const id = String(row[key.name] ?? '');
        return alive(readers.get(id.slice(0, 3))?.(id));
      },
    };
  }
  const read = source.reader(target.name);
  return { name: key.relationshipName, type: target, follow: (row) => alive(read(String(row[key.name] ?? ''))) };
}

const alive = (row: Row | undefined) => (row?.IsDeleted === true ? undefined : row);
