/**
 * On what a person may be put into the CRM (GDPR Art. 6(1)): the vocabulary that the form, the worker and the record share.
 * Types and small pure rules; what may be created is judged in the worker alone (lib/privacy).
 */
export const BASIS_KINDS = ['consent', 'contract', 'legitimate-interest', 'legal-obligation'] as const;
export type BasisKind = (typeof BASIS_KINDS)[number];

/** Those that a company has until it says otherwise. */
export const USUAL_KINDS: readonly BasisKind[] = ['consent', 'contract', 'legitimate-interest'];

/** How somebody has agreed. */
export const CONSENT_WAYS = ['form', 'email', 'phone', 'in-person', 'paper'] as const;
export type ConsentWay = (typeof CONSENT_WAYS)[number];

/**
 * What is asked about one person before legitimate interest may be claimed (EDPB Guidelines 1/2024, ICO's assessment), with the
 * answer that speaks against it. Prior objection is not asked: it is looked up.
 */
export const BALANCING = {
  workData: { against: false },
  expected: { against: false },
  minds: { against: true },
} as const satisfies Record<string, { against: boolean }>;
export type BalancingItem = keyof typeof BALANCING;
export const BALANCING_ITEMS = Object.keys(BALANCING) as BalancingItem[];
export type BalancingAnswers = Record<BalancingItem, boolean>;

/** Fewer characters say nothing about a person. */
const SHORTEST_WORDS = 20;
/** A sentence has more letters than a key that was held down, or two. */
const FEWEST_LETTERS = 6;
/** A paragraph and a code: “§ 147 AO”. */
const SHORTEST_LAW = 8;

/** Which answers of the company: two browsers may have others under the same number. */
export interface TemplateName {
  version: number;
  hash: string;
}

/** The basis of one person as it was answered. `note`: the user's own words, which legitimate interest without answers of the company needs. */
export type PersonBasis =
  | { kind: 'consent'; givenOn: string; way: ConsentWay; note: string }
  | { kind: 'contract'; note: string }
  | { kind: 'legal-obligation'; note: string }
  | { kind: 'legitimate-interest'; template: null; note: string }
  | {
      kind: 'legitimate-interest';
      /** The company's answers that stood above the questions. */
      template: TemplateName;
      answers: BalancingAnswers;
      /** Why it is done although an answer speaks against it; empty when none does. */
      override: string;
    };

/** What a company answers once for all people. Days are ISO. */
export interface TemplateTexts {
  /** Whom the person can turn to: the company's name and how it is reached (Art. 14(1)(a)). */
  controller: string;
  purpose: string;
  necessity: string;
  safeguards: string;
  /** Who answers for it inside the company. */
  owner: string;
  reviewBy: string;
  kinds: BasisKind[];
  /** How many days before the month is over a notice is due. */
  marginDays: number;
}

export interface BasisTemplate extends TemplateTexts {
  /** Grows with every change, so that a basis says which answers it rests on. */
  version: number;
}

/** The answers as they lie in the copy. `hash` is that of what is in them. */
export interface KeptTemplate extends BasisTemplate {
  hash: string;
}

/** What a form has to know of the company's answers. */
export interface BasisOffer {
  kinds: BasisKind[];
  template: Pick<KeptTemplate, 'version' | 'hash' | 'purpose' | 'owner' | 'reviewBy'> | null;
  /** Nobody is stored on legitimate interest before the company has answered. */
  isTemplateRequired: boolean;
  /** The day on which they were to be looked at again is over. */
  isReviewDue: boolean;
  /** Today where the user is, as an ISO day. */
  today: string;
}

/** The items whose answer speaks against the person being kept; those that are not answered yet do not. Pure. */
export function answersAgainst(answers: Partial<BalancingAnswers>): BalancingItem[] {
  return BALANCING_ITEMS.filter((item) => answers[item] === BALANCING[item].against);
}

/** Whether every question was answered. Pure. */
export function isAnswered(answers: Partial<BalancingAnswers>): answers is BalancingAnswers {
  return BALANCING_ITEMS.every((item) => answers[item] !== undefined);
}

/** Whether `text` may be a sentence of somebody's own. What it says nobody can check; what is no sentence at all can be seen. Pure. */
export function isInWords(text: string): boolean {
  return written(text).length >= SHORTEST_WORDS && lettersOf(text).size >= FEWEST_LETTERS;
}

/** Whether `text` may name a law, which is shorter than a sentence. Pure. */
export function isLaw(text: string): boolean {
  return written(text).length >= SHORTEST_LAW && lettersOf(text).size >= 2;
}

const written = (text: string) => text.trim().replace(/\s+/g, ' ');
const lettersOf = (text: string) => new Set(text.toLowerCase().match(/\p{L}/gu));
