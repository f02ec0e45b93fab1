import { i18n } from '#i18n';
import type { BasisToStore, CreatableObject, ObjectDescription } from '@/lib/connectors/creation-contract';
import type { Typed } from '@/lib/creation/outbox/entry';
import { basisIn } from '@/lib/messaging/basis-schemas';
import { basisNote } from '@/lib/privacy/legal-basis';
import { noticeDue, USUAL_MARGIN_DAYS } from '@/lib/privacy/notice';
import { type BasisReason, judgeBasis, type PersonFacts, reachedBy } from '@/lib/privacy/person-basis';
import { createSuppressionList } from '@/lib/privacy/suppression';
import { findReached } from '@/lib/search/alike';
import { AppError } from '@/lib/shared/errors';
import type { KeptTemplate } from '@/lib/shared/person-basis';
import { rulesOf } from './basis-rules';
import type { LiveConnection } from './live-connection';
import { basisWords } from './lead-words';
import { localDay } from './summaries';

export const isPerson = (object: CreatableObject) => object === 'lead' || object === 'contact';

function sentence(reason: BasisReason): string {
  switch (reason) {
    case 'no-basis':
      return i18n.t('basis.missing');
    case 'not-offered':
      return i18n.t('basis.problem.notOffered');
    case 'consent-in-future':
      return i18n.t('basis.problem.future');
    case 'no-words':
      return i18n.t('basis.problem.words');
    case 'no-law':
      return i18n.t('basis.problem.law');
    case 'template-needed':
      return i18n.t('basis.problem.templateNeeded');
    case 'template-changed':
      return i18n.t('basis.problem.templateChanged');
    case 'stopped':
      return i18n.t('basis.problem.stopped');
    case 'do-not-call':
      return i18n.t('basis.blocked.doNotCall');
    case 'email-opt-out':
      return i18n.t('basis.blocked.emailOptOut');
    case 'suppressed':
      return i18n.t('basis.blocked.suppressed');
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
    suppressed: await createSuppressionList(copy.boxes).holds([...emails, ...phones]),
  };
}

/**
 * What speaks against creating a person, in words; nothing for what is no person. Asked before sealing and before every sending:
 * an objection may have come with a sync meanwhile.
 * @throws AppError `vault.tampered`, `suppression.damaged`, `basis.template-damaged`: nobody is let through on what cannot be read
 */
export async function objectionsTo(
  connection: LiveConnection,
  object: CreatableObject,
  typed: Pick<Typed, 'basis' | 'values'> | null,
  now: number,
): Promise<string[]> {
  if (!isPerson(object)) return [];
  const [rules, facts] = await Promise.all([rulesOf(connection), factsOf(connection, typed?.values ?? {})]);
  return judgeBasis(basisIn(typed?.basis), rules, facts, localDay(now)).map(sentence);
}

/** As `objectionsTo`, for what lies sealed: what the user alone can mend is an objection too, so that the entry waits for them and says it. */
export async function objectionsToSealed(
  connection: LiveConnection,
  object: CreatableObject,
  typed: Pick<Typed, 'basis' | 'values'> | null,
  now: number,
): Promise<string[]> {
  return objectionsTo(connection, object, typed, now).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'suppression.damaged') return [i18n.t('error.suppression_damaged')];
    if (error instanceof AppError && error.code === 'basis.template-damaged') return [i18n.t('error.basis_template_damaged')];
    throw error;
  });
}

/** Until when a person is told whose data was taken from a page; null when it came from the person. */
export function informBy(typed: Pick<Typed, 'source'>, template: KeptTemplate | null, now: number): string | null {
  return typed.source ? noticeDue(localDay(now), template?.marginDays ?? USUAL_MARGIN_DAYS) : null;
}

/** The basis as it is stored with the person, in the place that its description names; null for what is no person. */
export function basisToStore(
  { object, basisPlace }: Pick<ObjectDescription, 'object' | 'basisPlace'>,
  typed: Pick<Typed, 'basis' | 'source'>,
  template: KeptTemplate | null,
  now: number,
): BasisToStore | null {
  const basis = isPerson(object) ? basisIn(typed.basis) : null;
  if (!basis) return null;
  const day = localDay(now);
  const source = typed.source ? (URL.parse(typed.source.url)?.host ?? null) : null;
  const note = basisNote(basis, template, { day, source, informBy: informBy(typed, template, now) }, basisWords());
  return { kind: basis.kind, note, recordedOn: day, place: basisPlace };
}
