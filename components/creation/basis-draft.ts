import {
  answersAgainst,
  BASIS_KINDS,
  BALANCING_ITEMS,
  type BalancingItem,
  type BasisKind,
  type BasisOffer,
  CONSENT_WAYS,
  type ConsentWay,
  isAnswered,
  isInWords,
  isLaw,
  type PersonBasis,
} from '@/lib/shared/person-basis';

/** The legal basis as far as it is filled in. Nothing is chosen to begin with: a default would be a decision nobody took. */
export interface BasisDraft {
  kind: BasisKind | null;
  note: string;
  givenOn: string;
  way: ConsentWay | '';
  answers: Partial<Record<BalancingItem, boolean>>;
  override: string;
}

export const NO_BASIS: BasisDraft = { kind: null, note: '', givenOn: '', way: '', answers: {}, override: '' };

export type BasisProblem =
  | 'no-basis'
  | 'incomplete'
  | 'future'
  | 'no-words'
  | 'no-law'
  | 'template-needed'
  | 'unanswered'
  | 'stopped';

/** What can be seen to be missing without asking; null when it can be sent. `today` is an ISO day. */
export function basisProblem(draft: BasisDraft, offer: BasisOffer | null, today: string): BasisProblem | null {
  switch (draft.kind) {
    case null:
      return 'no-basis';
    case 'consent':
      if (draft.givenOn === '' || draft.way === '') return 'incomplete';
      return draft.givenOn > today ? 'future' : null;
    case 'contract':
      return null;
    case 'legal-obligation':
      return isLaw(draft.note) ? null : 'no-law';
    case 'legitimate-interest':
      return interestProblem(draft, offer);
  }
}

function interestProblem({ note, answers, override }: BasisDraft, offer: BasisOffer | null): BasisProblem | null {
  if (!offer?.template) {
    if (offer?.isTemplateRequired) return 'template-needed';
    return isInWords(note) ? null : 'no-words';
  }
  if (!isAnswered(answers)) return 'unanswered';
  return answersAgainst(answers).length > 0 && !isInWords(override) ? 'stopped' : null;
}

/** The basis as it is sent, or null as long as something is missing. */
export function basisFrom(draft: BasisDraft, offer: BasisOffer | null): PersonBasis | null {
  const { kind, givenOn, way, answers } = draft;
  const note = draft.note.trim();
  switch (kind) {
    case null:
      return null;
    case 'consent':
      return givenOn === '' || way === '' ? null : { kind, givenOn, way, note };
    case 'contract':
    case 'legal-obligation':
      return { kind, note };
    case 'legitimate-interest': {
      if (!offer) return null;
      if (!offer.template) return { kind, template: null, note };
      if (!isAnswered(answers)) return null;
      const override = answersAgainst(answers).length > 0 ? draft.override.trim() : '';
      const { version, hash } = offer.template;
      return { kind, template: { version, hash }, answers, override };
    }
  }
}

/** The draft of what was kept, whether it was sent before or not. What is none of ours is left out. */
export function basisDraftOf(kept: unknown): BasisDraft {
  if (typeof kept !== 'object' || kept === null) return NO_BASIS;
  const { kind, note, givenOn, way, answers, override } = kept as Record<string, unknown>;
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  const given = Object.entries(typeof answers === 'object' && answers !== null ? answers : {});
  return {
    kind: BASIS_KINDS.find((one) => one === kind) ?? null,
    note: text(note),
    givenOn: text(givenOn),
    way: CONSENT_WAYS.find((one) => one === way) ?? '',
    answers: Object.fromEntries(
      given.filter(([item, value]) => BALANCING_ITEMS.some((one) => one === item) && typeof value === 'boolean'),
    ),
    override: text(override),
  };
}
