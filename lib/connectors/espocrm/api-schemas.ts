import * as z from 'zod/mini';

/** What is used of EspoCRM's answers: tolerant of everything else in them. */

/** A list. `total` is -1 or -2 where counting is turned off for the object: there are more, or there are no more. */
export const listAnswer = z.object({ total: z.number(), list: z.array(z.unknown()) });

const id = z.string().check(z.minLength(1), z.maxLength(64));
const text = z.optional(z.nullable(z.string()));
const number = z.optional(z.nullable(z.number()));
const flag = z.optional(z.nullable(z.boolean()));
const base = { id, modifiedAt: text, createdAt: text };

export const rawUser = z.object({ ...base, name: text, isActive: flag });
export const rawAccount = z.object({
  ...base,
  name: text,
  website: text,
  industry: text,
  type: text,
  phoneNumber: text,
  billingAddressCity: text,
  billingAddressCountry: text,
  assignedUserId: text,
});
export const rawContact = z.object({
  ...base,
  name: text,
  accountId: text,
  title: text,
  emailAddress: text,
  emailAddressIsOptedOut: flag,
  phoneNumber: text,
  doNotCall: flag,
  assignedUserId: text,
});
export const rawLead = z.object({
  ...base,
  name: text,
  accountName: text,
  title: text,
  emailAddress: text,
  emailAddressIsOptedOut: flag,
  phoneNumber: text,
  website: text,
  status: text,
  doNotCall: flag,
  assignedUserId: text,
});
export const rawOpportunity = z.object({
  ...base,
  name: text,
  accountId: text,
  stage: text,
  amount: number,
  amountCurrency: text,
  closeDate: text,
  probability: number,
  assignedUserId: text,
});
export const rawTask = z.object({
  ...base,
  name: text,
  accountId: text,
  contactId: text,
  parentId: text,
  parentType: text,
  status: text,
  priority: text,
  dateEnd: text,
  dateEndDate: text,
  assignedUserId: text,
});

const yesOrNo = z.optional(z.string());
const rights = z.object({ create: yesOrNo, read: yesOrNo, edit: yesOrNo, delete: yesOrNo });

/** `GET App/user`: who the key belongs to and what they may do. A scope that they may not see is absent from the table. */
export const appUser = z.object({
  user: z.object({ id, name: text, userName: text, type: text }),
  acl: z.object({
    table: z.record(z.string(), z.union([rights, z.boolean()])),
    fieldTable: z.optional(
      z.union([
        z.record(
          z.string(),
          z.union([z.record(z.string(), z.object({ read: yesOrNo, edit: yesOrNo })), z.array(z.unknown()), z.boolean()]),
        ),
        z.array(z.unknown()),
      ]),
    ),
  }),
  settings: z.optional(z.object({ applicationName: text, companyName: text })),
});
export type AppUser = z.infer<typeof appUser>;

const entry = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** A field as the metadata describe it. */
export const fieldDef = z.object({
  type: z.string(),
  required: flag,
  readOnly: flag,
  readOnlyAfterCreate: flag,
  notStorable: flag,
  utility: flag,
  disabled: flag,
  directAccessDisabled: flag,
  maxLength: number,
  max: number,
  default: z.optional(z.unknown()),
  options: z.optional(z.nullable(z.array(entry))),
  optionsReference: text,
  probabilityMap: z.optional(z.nullable(z.record(z.string(), z.unknown()))),
  entityList: z.optional(z.nullable(z.array(z.string()))),
  entity: text,
});
export type FieldDef = z.infer<typeof fieldDef>;

/** `entityDefs` of one entity type: fields one by one, so that a strange one takes no other with it. */
export const entityDefs = z.object({
  fields: z.record(z.string(), z.unknown()),
  links: z.optional(z.record(z.string(), z.unknown())),
});

export const linkDef = z.object({ entity: text });

/** `GET I18n`: labels, by entity type. */
export const language = z.record(z.string(), z.unknown());
export const scopeWords = z.object({
  fields: z.optional(z.record(z.string(), z.unknown())),
  options: z.optional(z.record(z.string(), z.unknown())),
  tooltips: z.optional(z.record(z.string(), z.unknown())),
});

export const createdRecord = z.object({ id });
export const foundRecord = z.looseObject({ id, _entityType: text });
export const versionedRecord = z.looseObject({ id, modifiedAt: text, deleted: flag, versionNumber: number });
