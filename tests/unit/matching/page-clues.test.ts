import { describe, expect, it } from 'vitest';
import { cluesOf, isTelling } from '@/lib/matching/page-clues';
import { isReadFacts, type ReadFacts } from '@/lib/matching/page-facts';

const facts = (change: Partial<ReadFacts>): ReadFacts => ({
  organizationNames: [],
  organizationUrls: [],
  siteName: null,
  title: null,
  copyright: null,
  imprint: [],
  ...change,
});
const names = (change: Partial<ReadFacts>) => cluesOf(facts(change)).names;

describe('what a page says of its company', () => {
  it('is its own description first, then site name, title and copyright line', () => {
    const found = names({
      organizationNames: ['Acme Holding AG'],
      siteName: 'Acme Shop',
      title: 'Rockets | Acme Rockets',
      copyright: '© 2026 Acme Rocketry GmbH. All rights reserved.',
    });
    expect(found).toEqual(['Acme Holding AG', 'Acme Shop', 'Rockets', 'Acme Rockets', 'Acme Rocketry GmbH']);
  });

  it.each([
    ['© 2026 Acme GmbH', 'Acme GmbH'],
    ['Copyright (c) 2019-2026 by Acme Inc. All rights reserved', 'Acme Inc'],
    ['© Acme AG – Alle Rechte vorbehalten', 'Acme AG'],
    ['Acme Ltd © 2026', 'Acme Ltd'],
  ])('is found in the line %s', (copyright, name) => {
    expect(names({ copyright })).toEqual([name]);
  });

  it('names nobody by what every site is called', () => {
    expect(names({ title: 'Home | Welcome', siteName: 'Website', imprint: ['Impressum', 'Kontakt'] })).toEqual([]);
    expect(['home', '2026', 'a', ''].filter(isTelling)).toEqual([]);
  });

  it('names a company once, however its legal form is written', () => {
    expect(names({ organizationNames: ['Acme GmbH', 'ACME'], siteName: 'Acme Inc.' })).toEqual(['Acme GmbH']);
  });

  it('includes the sites that it calls its own, not its pages on platforms', () => {
    const { sites } = cluesOf(facts({ organizationUrls: ['https://www.acme.com/', 'https://x.com/acme', 'nonsense'] }));
    expect(sites).toEqual([{ host: 'www.acme.com', domain: 'acme.com' }]);
  });

  it.each([
    null,
    'x',
    {},
    { ...facts({}), title: 7 },
    { ...facts({}), imprint: [1] },
    { ...facts({}), organizationNames: Array(51).fill('x') },
  ])('is refused when it is not what was asked for: %j', (value) => {
    expect(isReadFacts(value)).toBe(false);
  });

  it('is taken when it is', () => {
    expect(isReadFacts(facts({ title: 'x' }))).toBe(true);
  });
});
