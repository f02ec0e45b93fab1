/**
 * No person is created without a legal basis (GDPR Art. 6). It is written down where the record is: as a marked block in
 * the description, which every Salesforce org has.
 */
const ARTICLES = {
  consent: 'Art. 6(1)(a) GDPR, consent',
  contract: 'Art. 6(1)(b) GDPR, contract',
  'legitimate-interest': 'Art. 6(1)(f) GDPR, legitimate interest',
} as const;

export type BasisKind = keyof typeof ARTICLES;

/** Whether a basis may carry a record: legitimate interest needs a reason in words for this person. */
export function isSufficient(basis: { kind: BasisKind; reason: string }): boolean {
  return basis.kind !== 'legitimate-interest' || basis.reason.trim().length >= 10;
}

/** The block as it stands in the record. `day` is `2026-05-01`; `source` is the site the data came from, or null. */
export function basisNote(basis: { kind: BasisKind; reason: string }, day: string, source: string | null): string {
  const lines = [`[Legal basis] ${ARTICLES[basis.kind]}`, `Recorded: ${day}`];
  if (basis.reason.trim()) lines.push(`Reason: ${basis.reason.trim()}`);
  if (source) lines.push(`Source of the data: ${source}`);
  return lines.join('\n');
}
