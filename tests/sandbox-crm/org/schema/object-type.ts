/** What the CRM knows of one object: its fields, what may be done with it, and which objects hang below it. */
import type { FieldDescriptor } from './field.ts';

interface ChildRelationship {
  childObject: string;
  field: string;
  /** What a sub-query calls it; null when it cannot be asked for. */
  name: string | null;
  /** Whether the children go with the parent. */
  cascade: boolean;
}

export interface ObjectDefinition {
  name: string;
  label: string;
  labelPlural: string;
  keyPrefix: string;
  fields: FieldDescriptor[];
  children?: ChildRelationship[];
  /** False for what is set up by administrators only (users, the organisation, currencies). */
  writable?: boolean;
}

export interface ObjectType extends Required<ObjectDefinition> {
  /** A field by its name in any case; Salesforce ignores case in names. */
  field(name: string): FieldDescriptor | undefined;
  /** The field behind a relationship: `Owner` → `OwnerId`. */
  relationship(name: string): FieldDescriptor | undefined;
}

export function defineObject(definition: ObjectDefinition): ObjectType {
  const byName = new Map(definition.fields.map((entry) => [entry.name.toLowerCase(), entry]));
  const byRelationship = new Map(
    definition.fields.flatMap((entry) =>
      entry.relationshipName ? [[entry.relationshipName.toLowerCase(), entry] as const] : [],
    ),
  );
  return {
    children: [],
    writable: true,
    ...definition,
    field: (name) => byName.get(name.toLowerCase()),
    relationship: (name) => byRelationship.get(name.toLowerCase()),
  };
}
