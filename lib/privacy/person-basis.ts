import {
  answersAgainst,
  type BasisOffer,
  isInWords,
  isLaw,
  type KeptTemplate,
  type PersonBasis,
  USUAL_KINDS,
} from '@/lib/shared/person-basis';

/** What is known of people that have the address or the number of the one that is to be created. */
export interface PersonFacts {
  doNotCall: boolean;
  emailOptOut: boolean;
  /** On the list of those who must not be put in again. */
  suppressed: boolean;
}

/** What speaks against creating a person. */
export type BasisReason =
  | 'no-basis'
  /** The company does not use it. */
  | 'not-offered'
  | 'consent-in-future'
  | 'no-words'
  | 'no-law'
  /** The company wants to have answered first. */
  | 'template-needed'
  /** The company's answers are others than those that stood above the questions, or than none. */
  | 'template-changed'
  /** An answer speaks against it, and nobody has said why it is done all the same. */
  | 'stopped'
  | 'do-not-call'
  | 'email-opt-out'
  | 'suppressed';

/** What a company has decided about people: its answers, and whether there is no legitimate interest without them. */
export interface BasisRules {
  template: KeptTemplate | null;
  isTemplateRequired: boolean;
}

/**
 * What speaks against creating a person on `basis`; empty when nothing does. An objection counts whatever the basis is: it is
 * the person's own (Art. 21), and nobody's weighing goes over it. `today` is an ISO day. Pure.
 */
export function judgeBasis(basis: PersonBasis | null, rules: BasisRules, facts: PersonFacts, today: string): BasisReason[] {
  const reasons = basis === null ? (['no-basis'] as BasisReason[]) : faultsOf(basis, rules, today);
  if (facts.doNotCall) reasons.push('do-not-call');
  if (facts.emailOptOut) reasons.push('email-opt-out');
  if (facts.suppressed) reasons.push('suppressed');
  return reasons;
}

function faultsOf(basis: PersonBasis, rules: BasisRules, today: string): BasisReason[] {
  if (!(rules.template?.kinds ?? USUAL_KINDS).includes(basis.kind)) return ['not-offered'];
  switch (basis.kind) {
    case 'consent':
      return basis.givenOn > today ? ['consent-in-future'] : [];
    case 'contract':
      return [];
    case 'legal-obligation':
      return isLaw(basis.note) ? [] : ['no-law'];
    case 'legitimate-interest':
      return interestFaults(basis, rules);
  }
}

function interestFaults(
  basis: Extract<PersonBasis, { kind: 'legitimate-interest' }>,
  { template, isTemplateRequired }: BasisRules,
): BasisReason[] {
  if (template === null && isTemplateRequired) return ['template-needed'];
  if (basis.template?.version !== template?.version || basis.template?.hash !== template?.hash) return ['template-changed'];
  if (basis.template === null) return isInWords(basis.note) ? [] : ['no-words'];
  return answersAgainst(basis.answers).length > 0 && !isInWords(basis.override) ? ['stopped'] : [];
}

/** What a form has to know of what the company has decided. An overdue review is said and blocks nobody: the answers are still the company's. Pure. */
export function basisOffer({ template, isTemplateRequired }: BasisRules, today: string): BasisOffer {
  if (template === null) return { kinds: [...USUAL_KINDS], template: null, isTemplateRequired, isReviewDue: false, today };
  const { version, hash, purpose, owner, reviewBy, kinds } = template;
  const shown = { version, hash, purpose, owner, reviewBy };
  return { kinds, template: shown, isTemplateRequired, isReviewDue: reviewBy < today, today };
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
