import { describe, expect, it } from 'vitest';
import { brandKey, labelKey, plainName } from '@/lib/matching/company-name';

describe('plainName', () => {
  it.each([
    ['Acme GmbH', 'acme'],
    ['ACME GmbH & Co. KG', 'acme'],
    ['Acme, Inc.', 'acme'],
    ['Acme Corporation', 'acme'],
    ['Acme S.p.A.', 'acme'],
    ['Acme S.A. de C.V.', 'acme'],
    ['Acme B.V.', 'acme'],
    ['Acme N.V.', 'acme'],
    ['Acme Sp. z o.o.', 'acme'],
    ['Acme s.r.o.', 'acme'],
    ['Acme Oy', 'acme'],
    ['Acme AB (publ)', 'acme'],
    ['Acme A/S', 'acme'],
    ['Acme Pty Ltd', 'acme'],
    ['Acme Private Limited', 'acme'],
    ['Acme Co., Ltd.', 'acme'],
    ['Acme K.K.', 'acme'],
    ['PT Acme Tbk', 'acme'],
    ['ООО «Акме»', 'акме'],
    ['株式会社アクメ', 'アクメ'],
    ['アクメ株式会社', 'アクメ'],
    ['阿克米股份有限公司', '阿克米'],
    ['주식회사 아크메', '아크메'],
    ['The Acme Company', 'acme'],
    ['Müller & Söhne AG', 'muller sohne'],
    ['Müller und Söhne', 'muller sohne'],
    ["L'Oréal S.A.", 'loreal'],
    ['Łódź Ørsted', 'lodz orsted'],
  ])('of %s is %s', (name, plain) => {
    expect(plainName(name)).toBe(plain);
  });

  it.each(['Limited', 'AG', 'The', 'Company', 'And'])('never takes the whole name away: %s', (name) => {
    expect(plainName(name)).not.toBe('');
  });

  it.each(['', ' ', '!!', '🚀'])('of %j is nothing', (name) => {
    expect(plainName(name)).toBe('');
  });
});

describe('a brand', () => {
  it('is the name as one word, as it stands in a domain', () => {
    expect(brandKey('Akzo Nobel N.V.')).toBe('akzonobel');
    expect(labelKey('akzo-nobel')).toBe('akzonobel');
    expect(labelKey('xn--bcher-kva')).toBe('xn--bcher-kva');
  });
});
