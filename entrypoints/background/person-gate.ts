import type { BasisToStore, CreatableObject } from '@/lib/connectors/creation-contract';
import type { Typed } from '@/lib/creation/outbox/entry';
import { LEGAL_BASES, type LegalBasis } from '@/lib/messaging/protocol';
import { basisNote, isSufficient } from '@/lib/privacy/legal-basis';
import { basisWords, formSentence } from './lead-words';
import { localDay } from './summaries';

const isPerson = (object: CreatableObject) => object === 'lead' || object === 'contact';

function basisIn(value: unknown): LegalBasis | null {
  const { kind, reason } = (value ?? {}) as Partial<LegalBasis>;
  return kind !== undefined && LEGAL_BASES.includes(kind) && typeof reason === 'string' ? { kind, reason } : null;
}

/** What speaks against keeping a person, in words; nothing for what is no person. Asked before sealing and before every sending. */
export function objectionsTo(object: CreatableObject, typed: Pick<Typed, 'basis'> | null): string[] {
  if (!isPerson(object)) return [];
  const basis = basisIn(typed?.basis);
  return basis && isSufficient(basis) ? [] : [formSentence('no-reason')];
}

/** The basis as it is stored with the person; null for what is no person. */
export function basisToStore(object: CreatableObject, typed: Typed, now: number): BasisToStore | null {
  const basis = isPerson(object) ? basisIn(typed.basis) : null;
  if (!basis) return null;
  const day = localDay(now);
  const host = typed.source ? (URL.parse(typed.source.url)?.host ?? null) : null;
  return { kind: basis.kind, note: basisNote(basis, day, host, basisWords()), recordedOn: day };
}
