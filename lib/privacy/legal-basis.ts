/**
 * No person is created without a legal basis (GDPR Art. 6). It is written down where the record is: as a marked block in
 * the description, which every Salesforce org has.
 */
export type BasisKind = 'consent' | 'contract' | 'legitimate-interest';

/** The words of the block, in the language of whoever creates the record. */
export interface BasisWords {
  /** The mark in front of the block, by which it is found again. */
  mark: string;
  /** Article and name of each basis. */
  articles: Record<BasisKind, string>;
  recorded: string;
  reason: string;
  source: string;
}

/** Whether a basis may carry a record: legitimate interest needs a reason in words for this person. */
export function isSufficient(basis: { kind: BasisKind; reason: string }): boolean {
  return basis.kind !== 'legitimate-interest' || basis.reason.trim().length >= 10;
}

/** The block as it stands in the record. `day` is `2026-05-01`; `source` is the site the data came from, or null. */
export function basisNote(
  basis: { kind: BasisKind; reason: string },
  day: string,
  source: string | null,
  words: BasisWords,
): string {
  const lines = [`[${words.mark}] ${words.articles[basis.kind]}`, `${words.recorded}: ${day}`];
  if (basis.reason.trim()) lines.push(`${words.reason}: ${basis.reason.trim()}`);
  if (source) lines.push(`${words.source}: ${source}`);
  return lines.join('\n');
}
