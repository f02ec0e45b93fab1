import { describe, expect, it } from 'vitest';
import { basisWords } from '@/entrypoints/background/lead-words';
import { LEGAL_BASES } from '@/lib/messaging/protocol';
import { basisNote, isSufficient } from '@/lib/privacy/legal-basis';

describe('legal basis', () => {
  it.each(['', '   ', 'because', ' 123456789 ', '\n\t\n\t\n\t\n\t\n\t\n'])(
    'legitimate interest does not carry a person when the reason is %j',
    (reason) => {
      expect(isSufficient({ kind: 'legitimate-interest', reason })).toBe(false);
    },
  );

  it('legitimate interest carries a person when a reason is given in words', () => {
    expect(isSufficient({ kind: 'legitimate-interest', reason: 'Asked us at the fair to call.' })).toBe(true);
  });

  it.each(['consent', 'contract'] as const)('%s carries a person without more words', (kind) => {
    expect(isSufficient({ kind, reason: '' })).toBe(true);
  });

  it.each([
    ['consent', '6(1)(a)'],
    ['contract', '6(1)(b)'],
    ['legitimate-interest', '6(1)(f)'],
  ] as const)('%s is noted as Art. %s', (kind, article) => {
    expect(basisNote({ kind, reason: 'r' }, '2026-05-01', null, basisWords()).split('\n')[0]).toContain(`Art. ${article} GDPR`);
  });

  it('has a note for every kind that a form offers', () => {
    expect(LEGAL_BASES.map((kind) => basisNote({ kind, reason: '' }, '2026-05-01', null, basisWords()))).toHaveLength(3);
    for (const kind of LEGAL_BASES)
      expect(basisNote({ kind, reason: '' }, '2026-05-01', null, basisWords())).not.toContain('undefined');
  });

  it('says when, why and from where', () => {
    const note = basisNote({ kind: 'consent', reason: '  signed up  ' }, '2026-05-01', 'https://acme.com', basisWords());
    expect(note.split('\n')).toEqual([
      '[Legal basis] Art. 6(1)(a) GDPR, consent',
      'Recorded: 2026-05-01',
      'Reason: signed up',
      'Source of the data: https://acme.com',
    ]);
  });

  it('leaves out lines that have nothing to say', () => {
    expect(basisNote({ kind: 'contract', reason: ' ' }, '2026-05-01', null, basisWords()).split('\n')).toHaveLength(2);
  });
});
