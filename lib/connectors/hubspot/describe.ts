import type * as z from 'zod/mini';
import type { ObjectKind } from '@/lib/crm/records';
import { AppError } from '@/lib/shared/errors';
import type { FieldType } from '../connector';
import type { KeyClient } from '../key-client';
import { details, listAnswer, pipeline, property } from './api-schemas';
import { TYPE } from './queries';

type Option = { value: string; label: string /** Pipelines that a stage is of, by label. */; validFor: string[] | null };
type Property = Omit<z.infer<typeof property>, 'options'> & { options: Option[] };

/** An object as HubSpot describes it. */
export interface Described {
  properties: ReadonlyMap<string, Property>;
  attributes: ReadonlyMap<string, FieldType>;
  /** Labels of the stages of Opportunities, pipeline by pipeline. */
  stages: string[] | undefined;
}

/** What is known of an account beside its records; each is asked for once, and again when that failed. */
export interface Portal {
  /** Null when the account has no such object or the token may not see it. @throws AppError */
  described(object: ObjectKind): Promise<Described | null>;
  /** The account's own currency, which Opportunities without one are in. @throws AppError */
  currency(): Promise<string | null>;
}

const TYPES = new Map<string, FieldType>([
  ['number', 'number'],
  ['bool', 'flag'],
  ['date', 'day'],
  ['datetime', 'moment'],
]);
/** Which property says the stage, and which the pipeline. */
const STAGES: Partial<Record<ObjectKind, readonly [stage: string, pipeline: string]>> = {
  opportunity: ['dealstage', 'pipeline'],
  lead: ['hs_pipeline_stage', 'hs_pipeline'],
};
const LINKS = ['@companies', '@contacts', '@deals'];

export function createPortal(client: KeyClient): Portal {
  const known = new Map<string, Promise<unknown>>();
  const once = <T>(key: string, ask: () => Promise<T>): Promise<T> => {
    const asked = (known.get(key) as Promise<T> | undefined) ?? ask();
    known.set(key, asked);
    asked.catch(() => known.delete(key));
    return asked;
  };
  return {
    described: (object) => once(object, () => describedAnew(client, object)),
    currency: () => once('', async () => (await client.get('account-info/v3/details', details)).companyCurrency ?? null),
  };
}

async function describedAnew(client: KeyClient, object: ObjectKind): Promise<Described | null> {
  if (object === 'user')
    return {
      properties: new Map(),
      attributes: new Map([['name', 'text'] as const, ['active', 'flag'] as const]),
      stages: undefined,
    };
  const all = await client.get(`crm/v3/properties/${TYPE[object]}`, listAnswer).catch((error) => {
    const isAbsent = error instanceof AppError && (error.code === 'crm.forbidden' || error.code === 'crm.object-missing');
    if (isAbsent) return null;
    throw error;
  });
  if (!all) return null;
  const properties = new Map<string, Property>();
  for (const row of all.results) {
    const { data } = property.safeParse(row);
    if (!data) continue;
    const options = (data.options ?? []).filter(({ hidden }) => !hidden);
    properties.set(data.name, { ...data, options: options.map(({ value, label }) => ({ value, label, validFor: null })) });
  }
  const stages = await stagesOf(client, object, properties);
  const attributes = new Map([...properties].map(([name, { type }]): [string, FieldType] => [name, TYPES.get(type) ?? 'text']));
  if (object === 'task') for (const link of LINKS) attributes.set(link, 'text');
  return { properties, attributes, stages: object === 'opportunity' ? stages : undefined };
}

/** The stages of all pipelines, as options of the property that says them. One call. */
async function stagesOf(client: KeyClient, object: ObjectKind, properties: Map<string, Property>): Promise<string[] | undefined> {
  const [stage, name] = STAGES[object] ?? [];
  const held = properties.get(stage ?? '');
  if (!held) return undefined;
  const { results } = await client.get(`crm/v3/pipelines/${TYPE[object as 'lead']}`, listAnswer);
  const pipelines = results.flatMap((row) => pipeline.safeParse(row).data ?? []);
  held.options = pipelines.flatMap(({ label, stages }) =>
    stages.map((one) => ({ value: one.id, label: one.label, validFor: [label] })),
  );
  const chooser = properties.get(name ?? '');
  if (chooser) chooser.options = pipelines.map(({ id, label }) => ({ value: id, label, validFor: null }));
  return [...new Set(held.options.map(({ label }) => label))];
}

/** What people call a value of a property: the copy and the forms hold labels. Pure. */
export const labelOf = (described: Described | null, name: string, value: string): string =>
  described?.properties.get(name)?.options.find((option) => option.value === value)?.label ?? value;
