import { i18n } from '#i18n';
import type { BasisToStore, CreatableObject, ObjectDescription } from '@/lib/connectors/creation-contract';
import type { Typed } from '@/lib/creation/outbox/entry';
import { basisIn } from '@/lib/messaging/basis-schemas';
import { basisNote } from '@/lib/privacy/legal-basis';
import { type BasisReason, judgeBasis, type PersonFacts, reachedBy } from '@/lib/privacy/person-basis';
import { findReached } from '@/lib/search/alike';
import type { LiveConnection } from './connections';
import { basisWords } from './lead-words';
import { localDay } from './summaries';

const isPerson = (object: CreatableObject) => object === 'lead' || object === 'contact';

function sentence(reason: BasisReason): string {
  switch (reason) {
    case 'no-basis':
      return i18n.t('basis.missing');
    case 'no-reason':
      return i18n.t('basis.reasonMissing');
    case 'do-not-call':
      return i18n.t('basis.blocked.doNotCall');
    case 'email-opt-out':
      return i18n.t('basis.blocked.emailOptOut');
  }
}

async function factsOf({ copy }: LiveConnection, values: Readonly<Record<string, string>>): Promise<PersonFacts> {
  const { emails, phones } = reachedBy(values);
  const byMail = await findReached(emails, [], copy.store);
  // A number may be a whole company's: it says nothing about who there wants e-mail.
  const byPhone = await findReached([], phones, copy.store);
  return {
    doNotCall: [...byMail, ...byPhone].some(({ fields }) => fields.doNotCall),
    emailOptOut: byMail.some(({ fields }) => fields.emailOptOut),
  };
}

/**
 * What speaks against creating a person, in words; nothing for what is no person. Asked before sealing and before every sending:
 * an objection may have come with a sync meanwhile. @throws AppError `vault.tampered`
 */
export async function objectionsTo(
  connection: LiveConnection,
  object: CreatableObject,
  typed: Pick<Typed, 'basis' | 'values'> | null,
): Promise<string[]> {
  if (!isPerson(object)) return [];
  return judgeBasis(basisIn(typed?.basis), await factsOf(connection, typed?.values ?? {})).map(sentence);
}

/** The basis as it is stored with the person, in the place that its description names; null for what is no person. */
export function basisToStore(
  { object, basisPlace }: Pick<ObjectDescription, 'object' | 'basisPlace'>,
  typed: Typed,
  now: number,
): BasisToStore | null {
  const basis = isPerson(object) ? basisIn(typed.basis) : null;
  if (!basis) return null;
  const day = localDay(now);
  const host = typed.source ? (URL.parse(typed.source.url)?.host ?? null) : null;
  return { kind: basis.kind, note: basisNote(basis, day, host, basisWords()), recordedOn: day, place: basisPlace };
}
