import * as z from 'zod/mini';

/** What is used of HubSpot's answers: tolerant of everything else in them. */
const id = z.string().check(z.minLength(1), z.maxLength(64));
const text = z.optional(z.nullable(z.string()));
const flag = z.optional(z.nullable(z.boolean()));

/** A record. All values are texts, numbers and flags too. */
export const rawRecord = z.object({
  id,
  properties: z.record(z.string(), z.nullable(z.string())),
  updatedAt: z.string(),
  archivedAt: text,
});
export type RawRecord = z.infer<typeof rawRecord>;

/** A page of a list or a search. `total` comes with searches alone. */
export const listAnswer = z.object({
  total: z.optional(z.number()),
  results: z.array(z.unknown()),
  paging: z.optional(z.nullable(z.object({ next: z.optional(z.object({ after: z.string() })) }))),
});

/** `POST crm/v4/associations/…/batch/read`: whom each record is linked to, the primary one first. */
export const linksAnswer = z.object({
  results: z.array(
    z.object({ from: z.object({ id }), to: z.array(z.object({ toObjectId: z.union([z.number(), z.string()]) })) }),
  ),
});

/** One record with the ids of what hangs on it, by HubSpot's name of the object. */
export const withLinks = z.object({
  associations: z.optional(
    z.record(z.string(), z.object({ results: z.array(z.object({ id })), paging: z.optional(z.unknown()) })),
  ),
});

export const property = z.object({
  name: z.string(),
  label: z.string(),
  type: z.string(),
  fieldType: z.string(),
  description: text,
  options: z.optional(z.array(z.object({ value: z.string(), label: z.string(), hidden: flag }))),
  calculated: flag,
  hidden: flag,
  modificationMetadata: z.optional(z.object({ readOnlyValue: flag })),
});

export const pipeline = z.object({
  id,
  label: z.string(),
  stages: z.array(z.object({ id, label: z.string() })),
});

export const owner = z.object({
  id,
  userId: z.optional(z.nullable(z.number())),
  firstName: text,
  lastName: text,
  email: text,
  updatedAt: z.string(),
});

/** `account-info/v3/details`. */
export const details = z.object({ portalId: z.number(), uiDomain: z.string(), companyCurrency: text });
/** What HubSpot says of a private app's token to whoever holds it. */
export const tokenInfo = z.object({ userId: z.optional(z.number()), scopes: z.optional(z.array(z.string())) });
/** What HubSpot says against a call. */
export const refusal = z.object({ message: text, policyName: text });
