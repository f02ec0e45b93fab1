import * as z from 'zod/mini';

/** The raw answers, tolerant of what else they hold and strict on what is used. */
const recordId = z.string().check(z.regex(/^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/));
const stamp = z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)$/));
const date = z.string().check(z.regex(/^\d{4}-\d\d-\d\d/));
const text = z.nullish(z.string());
const name = z.string().check(z.minLength(1));
const flag = z.nullish(z.boolean());
const number = z.nullish(z.number());
const reference = z.nullish(recordId);
const base = { Id: recordId, SystemModstamp: stamp };

export const rawUser = z.object({ ...base, Name: name, IsActive: flag });

export const rawAccount = z.object({
  ...base,
  Name: name,
  Website: text,
  Industry: text,
  Type: text,
  Phone: text,
  BillingCity: text,
  BillingCountry: text,
  OwnerId: reference,
  ParentId: reference,
  CurrencyIsoCode: text,
  LastActivityDate: z.nullish(date),
});

export const rawContact = z.object({
  ...base,
  AccountId: reference,
  Name: name,
  Title: text,
  Department: text,
  Email: text,
  Phone: text,
  MobilePhone: text,
  OwnerId: reference,
  DoNotCall: flag,
  HasOptedOutOfEmail: flag,
  LastActivityDate: z.nullish(date),
});

export const rawLead = z.object({
  ...base,
  Name: name,
  Company: text,
  Title: text,
  Email: text,
  Phone: text,
  Website: text,
  Status: text,
  OwnerId: reference,
  IsConverted: flag,
  DoNotCall: flag,
  HasOptedOutOfEmail: flag,
});

export const rawOpportunity = z.object({
  ...base,
  AccountId: reference,
  Name: name,
  StageName: text,
  Amount: number,
  CurrencyIsoCode: text,
  CloseDate: z.nullish(date),
  Probability: number,
  IsClosed: flag,
  IsWon: flag,
  OwnerId: reference,
});

export const rawTask = z.object({
  ...base,
  AccountId: reference,
  WhoId: reference,
  WhatId: reference,
  Subject: text,
  Status: text,
  Priority: text,
  ActivityDate: z.nullish(date),
  IsClosed: flag,
  OwnerId: reference,
});

export const queryPage = z.object({
  totalSize: z.number(),
  done: z.boolean(),
  nextRecordsUrl: z.optional(z.string().check(z.startsWith('/services/data/'))),
  records: z.array(z.unknown()),
});

export const compositeAnswer = z.object({
  compositeResponse: z.array(z.object({ referenceId: z.string(), httpStatusCode: z.number(), body: z.unknown() })),
});

const JOB_STATES = ['UploadComplete', 'InProgress', 'JobComplete', 'Failed', 'Aborted'] as const;
export const queryJob = z.object({ id: recordId, state: z.enum(JOB_STATES) });

export const deletedAnswer = z.object({
  deletedRecords: z.array(z.object({ id: recordId, deletedDate: stamp })),
  earliestDateAvailable: stamp,
  latestDateCovered: stamp,
});

export const nameAnswer = z.object({ records: z.array(z.object({ Id: z.optional(recordId), Name: name })) });

export const createAnswer = z.object({ id: recordId, success: z.literal(true) });

const picklistValue = z.object({
  value: z.string(),
  label: z.nullish(z.string()),
  active: z.boolean(),
  defaultValue: z.optional(z.boolean()),
  validFor: text,
});

const describedField = z.object({
  name: z.string(),
  label: z.string(),
  type: z.string(),
  length: z.number(),
  createable: z.boolean(),
  updateable: z.optional(z.boolean()),
  filterable: z.optional(z.boolean()),
  nillable: z.boolean(),
  defaultedOnCreate: z.boolean(),
  defaultValue: z.nullish(z.union([z.string(), z.boolean(), z.number()])),
  picklistValues: z.array(picklistValue),
  restrictedPicklist: flag,
  controllerName: text,
  referenceTo: z.nullish(z.array(z.string())),
  inlineHelpText: text,
  digits: number,
  precision: number,
  scale: number,
});
export type RawDescribedField = z.infer<typeof describedField>;

const recordTypeInfo = z.object({
  recordTypeId: recordId,
  name: z.string(),
  active: flag,
  available: z.boolean(),
  master: z.boolean(),
  defaultRecordTypeMapping: z.boolean(),
});

export const objectDescribe = z.object({
  name: z.string(),
  createable: z.boolean(),
  deletable: flag,
  fields: z.array(describedField),
  recordTypeInfos: z.nullish(z.array(recordTypeInfo)),
});
export type RawDescribe = z.infer<typeof objectDescribe>;

/** Of an object's layouts only what picklists hold with each record type; with several types there are no layouts in it at all. */
export const layoutsAnswer = z.object({
  recordTypeMappings: z.array(
    z.object({
      recordTypeId: recordId,
      picklistsForRecordType: z.nullish(
        z.array(z.object({ picklistName: z.string(), picklistValues: z.nullish(z.array(picklistValue)) })),
      ),
    }),
  ),
});

export const idRows = z.array(z.object({ Id: recordId }));

export const changedRow = z.looseObject({ Id: recordId, LastModifiedDate: stamp });
export const createdRow = z.looseObject({ Id: recordId, CreatedDate: stamp });
export type CreatedRow = z.infer<typeof createdRow>;

export const linkedIndividual = z.object({ IndividualId: z.nullish(recordId) });

/** A person with its Individual. */
export const linkedPerson = z.object({
  CreatedById: recordId,
  CreatedDate: stamp,
  IndividualId: recordId,
  Individual: z.object({ CreatedById: recordId, CreatedDate: stamp }),
});

const apiError = z.object({
  message: z.string(),
  errorCode: z.string(),
  fields: z.optional(z.array(z.string())),
});
export const apiErrors = z.union([z.array(apiError), apiError]);

const duplicateResult = z.object({
  allowSave: z.boolean(),
  errorMessage: z.nullish(z.string()),
  matchResults: z.array(
    z.object({
      matchRecords: z.array(z.object({ record: z.looseObject({ Id: recordId, attributes: z.object({ type: z.string() }) }) })),
    }),
  ),
});

/** The live API spells its key `duplicateResut`; both spellings and neither are accepted. */
export const duplicateError = z.object({
  message: z.string(),
  errorCode: z.literal('DUPLICATES_DETECTED'),
  duplicateResut: z.optional(duplicateResult),
  duplicateResult: z.optional(duplicateResult),
});
