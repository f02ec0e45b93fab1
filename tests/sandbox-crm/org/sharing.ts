/** Which records the signed-in user has access to. Losing access leaves no trace in the record or in any log. */
import type { Records } from './records.ts';
import type { Schema } from './schema/schema.ts';
import type { Row } from './table.ts';

/** What a query reads records from: only those the user has access to, deleted ones too. */
export interface RowSource {
  readonly schema: Schema;
  /** Finds records of one object by their id. */
  reader(object: string): (id: string) => Row | undefined;
}

export interface Sharing extends RowSource {
  /** The user loses access to a record: to the API it is not there any more. */
  hide(object: string, id: string): void;
  show(object: string, id: string): void;
  /** The ids of an object's records the user has no access to. */
  hidden(object: string): ReadonlySet<string>;
  /** The same view as it is now, whatever changes later. */
  snapshot(): RowSource & { release(): void };
}

export function createSharing({ schema, table, existing }: Records): Sharing {
  const hiddenIds = new Map<string, Set<string>>(schema.everything.map((type) => [type.name, new Set()]));
  const hidden = (object: string) => hiddenIds.get(table(object).type.name) ?? new Set<string>();
  return {
    schema,
    hidden,
    hide: (object, id) => void hidden(object).add(existing(object, id).Id),
    show: (object, id) => void hidden(object).delete(id),
    reader(object) {
      const ids = hidden(object);
      const { get } = table(object);
      return (id) => (ids.has(id) ? undefined : get(id));
    },
    snapshot() {
      const taken: { release(): void }[] = [];
      return {
        schema,
        reader(object) {
          const ids = new Set(hidden(object));
          const rows = table(object).snapshot();
          taken.push(rows);
          return (id) => (ids.has(id) ? undefined : rows.get(id));
        },
        release() {
          for (const rows of taken.splice(0)) rows.release();
        },
      };
    },
  };
}
