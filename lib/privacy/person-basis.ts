import { type BasisKind, isSufficient } from './legal-basis';

/** On what a person may be put into the CRM (GDPR Art. 6(1)), with the user's own words. */
interface PersonBasis {
  kind: BasisKind;
  reason: string;
}

/** What the copy says of people that have the address or the number of the one that is to be created. */
export interface PersonFacts {
  doNotCall: boolean;
  emailOptOut: boolean;
}

/** What speaks against creating a person. */
export type BasisReason = 'no-basis' | 'no-reason' | 'do-not-call' | 'email-opt-out';

/**
 * What speaks against creating a person on `basis`; empty when nothing does. An objection counts whatever the basis is: it is
 * the person's own (Art. 21), and nobody's weighing goes over it.
 */
export function judgeBasis(basis: PersonBasis | null, facts: PersonFacts): BasisReason[] {
  const reasons: BasisReason[] = [];
  if (basis === null) reasons.push('no-basis');
  else if (!isSufficient(basis)) reasons.push('no-reason');
  if (facts.doNotCall) reasons.push('do-not-call');
  if (facts.emailOptOut) reasons.push('email-opt-out');
  return reasons;
}

const ADDRESS = /^[^\s@]+@[^\s@]+$/;
const NUMBER = /^\+?[\d\s()./-]+$/;

/**
 * The addresses and numbers among what was typed, in whatever field: an organisation's own second address reaches the same
 * person, and no description of the object is needed, which a worker that replays may not have.
 */
export function reachedBy(values: Readonly<Record<string, string>>): { emails: string[]; phones: string[] } {
  const texts = Object.values(values).map((text) => text.trim());
  return { emails: texts.filter((text) => ADDRESS.test(text)), phones: texts.filter((text) => NUMBER.test(text)) };
}
