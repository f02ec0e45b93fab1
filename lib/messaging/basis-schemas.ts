import * as z from 'zod/mini';
import { LEGAL_BASES, type LegalBasis } from './protocol';

const basis: z.ZodMiniType<LegalBasis> = z.strictObject({
  kind: z.enum(LEGAL_BASES),
  reason: z.string().check(z.maxLength(1000)),
});

/** The basis that a view has sent or that lay sealed, for the worker alone; null for anything that is not wholly one. */
export function basisIn(value: unknown): LegalBasis | null {
  return basis.safeParse(value).data ?? null;
}
