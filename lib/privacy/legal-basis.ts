import {
  answersAgainst,
  BALANCING_ITEMS,
  type BalancingItem,
  type BasisKind,
  type TemplateName,
  type KeptTemplate,
  type ConsentWay,
  type PersonBasis,
} from '@/lib/shared/person-basis';

/** The words of the block, in the language of whoever creates the record. */
export interface BasisWords {
  /** The mark in front of the block, by which it is found again. */
  mark: string;
  /** Article and name of each basis. */
  articles: Record<BasisKind, string>;
  recorded: string;
  reason: string;
  source: string;
  given: string;
  ways: Record<ConsentWay, string>;
  purpose: string;
  /** Which answers of the company they are, and who answers for them. */
  version: (name: TemplateName, owner: string) => string;
  items: Record<BalancingItem, string>;
  yes: string;
  no: string;
  outcome: string;
  proceed: string;
  overridden: string;
  informBy: string;
}

/** What stands around the basis: the day it was recorded (ISO), the site the data came from, and until when the person is told. */
export interface BasisOccasion {
  day: string;
  source: string | null;
  informBy: string | null;
}

/** The basis as a block of text, as it stands in the record's description. Pure. */
export function basisNote(
  basis: PersonBasis,
  template: KeptTemplate | null,
  { day, source, informBy }: BasisOccasion,
  words: BasisWords,
): string {
  const lines = [`[${words.mark}] ${words.articles[basis.kind]}`, `${words.recorded}: ${day}`];
  if (basis.kind === 'consent') lines.push(`${words.given}: ${basis.givenOn}, ${words.ways[basis.way]}`);
  if (basis.kind === 'legitimate-interest' && basis.template !== null) lines.push(...balancingLines(basis, template, words));
  else if (basis.note.trim()) lines.push(`${words.reason}: ${basis.note.trim()}`);
  if (source) lines.push(`${words.source}: ${source}`);
  if (informBy) lines.push(`${words.informBy}: ${informBy}`);
  return lines.join('\n');
}

/** Fields of organisations may hold little more than two thousand characters; version and hash name the whole of it. */
const LONGEST_PURPOSE = 500;
const shortened = (text: string) => (text.length > LONGEST_PURPOSE ? `${text.slice(0, LONGEST_PURPOSE - 1)}…` : text);

function balancingLines(
  { template: name, answers, override }: Extract<PersonBasis, { answers: unknown }>,
  template: KeptTemplate | null,
  words: BasisWords,
): string[] {
  const against = answersAgainst(answers);
  return [
    ...(template
      ? [`${words.purpose}: ${shortened(template.purpose.trim())} (${words.version(name, template.owner.trim())})`]
      : []),
    ...BALANCING_ITEMS.map((item) => `- ${words.items[item]}: ${answers[item] ? words.yes : words.no}`),
    `${words.outcome}: ${against.length === 0 ? words.proceed : `${words.overridden}: ${override.trim()}`}`,
  ];
}
