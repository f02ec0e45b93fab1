import type { OutboxEntry } from './entry';

const isOf = (entry: OutboxEntry, hasId: (id: string) => boolean) => entry.way.kind === 'objection' && hasId(entry.way.id);

/** The entries without the objections of a person, by the ids of their records, that the CRM does not know of yet. Pure. */
export const withoutObjections = (all: readonly OutboxEntry[], hasId: (id: string) => boolean): OutboxEntry[] =>
  all.filter((entry) => entry.state.kind === 'done' || !isOf(entry, hasId));

/** The entries, with the objections to these records as ones of which all is noted here, or has to be noted anew. Pure. */
export const withNoted = (all: readonly OutboxEntry[], noted: boolean, hasId: (id: string) => boolean): OutboxEntry[] =>
  all.map((entry) => (entry.way.kind === 'objection' && isOf(entry, hasId) ? { ...entry, way: { ...entry.way, noted } } : entry));
