import * as z from 'zod/mini';
import {
  BALANCING_ITEMS,
  BASIS_KINDS,
  type BalancingAnswers,
  type BasisTemplate,
  CONSENT_WAYS,
  type PersonBasis,
  type TemplateTexts,
} from '@/lib/shared/person-basis';
import type { BasisRequests } from './basis-protocol';

/** Run-time checks of the legal basis, for the worker alone. */
const id = z.string().check(z.minLength(1), z.maxLength(64));
const note = z.string().check(z.maxLength(1000));
/** A day that is in the calendar: February has no 30th. */
const day = z.string().check(
  z.regex(/^\d{4}-\d{2}-\d{2}$/),
  z.refine((text) => new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text) ?? false),
);
const answers: z.ZodMiniType<BalancingAnswers> = z.strictObject(
  Object.fromEntries(BALANCING_ITEMS.map((item) => [item, z.boolean()])) as Record<keyof BalancingAnswers, z.ZodMiniBoolean>,
);

const version = z.number().check(z.int(), z.minimum(1), z.maximum(1_000_000));
const basis: z.ZodMiniType<PersonBasis> = z.union([
  z.strictObject({ kind: z.literal('consent'), givenOn: day, way: z.enum(CONSENT_WAYS), note }),
  z.strictObject({ kind: z.literal('contract'), note }),
  z.strictObject({ kind: z.literal('legal-obligation'), note }),
  z.strictObject({ kind: z.literal('legitimate-interest'), template: z.null(), note }),
  z.strictObject({
    kind: z.literal('legitimate-interest'),
    template: z.strictObject({ version, hash: z.string().check(z.regex(/^[0-9a-f]{16}$/)) }),
    answers,
    override: note,
  }),
]);

/** The basis that a view has sent or that lay sealed, for the worker alone; null for anything that is not wholly one. */
export function basisIn(value: unknown): PersonBasis | null {
  return basis.safeParse(value).data ?? null;
}

const filled = (longest: number) => z.string().check(z.trim(), z.minLength(1), z.maxLength(longest));
const texts = {
  controller: filled(500),
  purpose: filled(2000),
  necessity: filled(2000),
  safeguards: z.string().check(z.trim(), z.maxLength(2000)),
  owner: filled(120),
  reviewBy: day,
  kinds: z.array(z.enum(BASIS_KINDS)).check(z.minLength(1), z.maxLength(BASIS_KINDS.length)),
  marginDays: z.number().check(z.int(), z.minimum(0), z.maximum(27)),
};
const template: z.ZodMiniType<BasisTemplate> = z.strictObject({ ...texts, version });
const templateTexts: z.ZodMiniType<TemplateTexts> = z.strictObject(texts);
/** As it is handed from one colleague to the next. The name says what it is, the number how it is written. */
const file = z.strictObject({ sidelight: z.literal('legal-basis-template'), format: z.literal(1), template });

/** The company's answers as they lay sealed, or null. */
export function templateIn(value: unknown): BasisTemplate | null {
  return template.safeParse(value).data ?? null;
}

/** The company's answers in the text of a file, or null when it is not wholly such a file. */
export function templateInFile(text: string): BasisTemplate | null {
  try {
    return file.safeParse(JSON.parse(text)).data?.template ?? null;
  } catch {
    return null;
  }
}

export const BASIS_SCHEMAS: { [N in keyof BasisRequests]: z.ZodMiniType<BasisRequests[N]['in']> } = {
  'basis.template': z.strictObject({ connectionId: id }),
  'basis.saveTemplate': z.strictObject({ connectionId: id, texts: templateTexts }),
  'basis.importTemplate': z.strictObject({ connectionId: id, text: z.string().check(z.maxLength(100_000)) }),
  'basis.requireTemplate': z.strictObject({ connectionId: id, on: z.boolean() }),
  'basis.suppressed': z.strictObject({ connectionId: id }),
  'basis.suppress': z.strictObject({ connectionId: id, contact: z.string().check(z.maxLength(320)), on: z.boolean() }),
  'basis.resetSuppressed': z.strictObject({ connectionId: id }),
  'notices.list': z.strictObject({}),
  'notices.dismiss': z.strictObject({ connectionId: id, taskId: id }),
};
