import { describe, expect, it } from 'vitest';
import { basisWords } from '@/entrypoints/background/lead-words';
import { basisNote } from '@/lib/privacy/legal-basis';
import { named } from '@/lib/privacy/template-hash';
import type { PersonBasis } from '@/lib/shared/person-basis';
import { CONTRACT, IN_WORDS, interest, TEMPLATE } from '../../builders/basis';

const HERE = { day: '2026-05-01', source: null, informBy: null };
const noteOf = (basis: PersonBasis, occasion: Partial<{ source: string; informBy: string }> = {}) =>
  basisNote(basis, TEMPLATE, { ...HERE, ...occasion }, basisWords()).split('\n');

describe('the block in the record', () => {
  it('says when and how somebody agreed, where the proof is, and where the data is from', () =>
    expect(
      noteOf(
        { kind: 'consent', givenOn: '2026-04-30', way: 'email', note: '  mail of 30 April ' },
        { source: 'acme.com', informBy: '2026-05-27' },
      ),
    ).toEqual([
      '[Legal basis] Art. 6(1)(a) GDPR, consent',
      'Recorded: 2026-05-01',
      'Consent given: 2026-04-30, by e-mail',
      'Reason: mail of 30 April',
      'Source of the data: acme.com',
      'Inform the person by (Art. 14): 2026-05-27',
    ]));

  it('leaves out lines that have nothing to say', () => expect(noteOf(CONTRACT)).toHaveLength(2));

  it('holds every answer about the person, the purpose and whose answers they rest on', () =>
    expect(noteOf(interest())).toEqual([
      '[Legal basis] Art. 6(1)(f) GDPR, legitimate interest',
      'Recorded: 2026-05-01',
      `Purpose: To offer drives to those who buy drives in their company. (answers of the company, version 3, hash ${TEMPLATE.hash}, responsible Ruth Castell)`,
      '- Only details of their work, nothing sensitive: Yes',
      '- Expects to hear from us in their role: Yes',
      '- Likely to mind: No',
      'Balancing: interest prevails',
    ]));

  it('holds the reason in words where the company has not answered', () =>
    expect(noteOf(IN_WORDS)).toEqual([
      '[Legal basis] Art. 6(1)(f) GDPR, legitimate interest',
      'Recorded: 2026-05-01',
      'Reason: She asked us at the fair.',
    ]));

  it('fits into the field of an organisation, however much was written', () => {
    const long = (length: number) => 'Because she asked us. '.repeat(200).slice(0, length);
    const template = named({ ...TEMPLATE, version: 1_000_000, purpose: long(2000), owner: long(120) });
    const { version, hash } = template;
    const basis = { ...interest({ minds: true }, long(1000)), template: { version, hash } } as PersonBasis;
    const note = basisNote(
      basis,
      template,
      { day: '2026-05-01', source: `${'a'.repeat(100)}.com`, informBy: '2026-05-27' },
      basisWords(),
    );
    expect(note.length).toBeLessThanOrEqual(2200);
    expect(note).toContain(`… (answers of the company, version 1000000, hash ${hash}`);
  });

  it('holds the words by which somebody went against the result', () =>
    expect(noteOf(interest({ minds: true }, ' Asked us to call. ')).at(-1)).toBe(
      'Balancing: against the result, because: Asked us to call.',
    ));

  it('names the article of every kind', () =>
    expect(noteOf({ kind: 'legal-obligation', note: 'Section 147' })[0]).toContain('Art. 6(1)(c)'));
});
