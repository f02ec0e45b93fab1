import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import type { PersonItem } from '@/lib/messaging/account-protocol';

const { PersonRow } = await import('@/components/account/PersonRow');

const PERSON: PersonItem = {
  id: '003a',
  url: 'https://northwind.my.salesforce.com/003a',
  name: 'Maribel Okonkwo',
  title: null,
  email: 'maribel@acme.com',
  phone: '+1 415 555 0134',
  mobile: '+1 628 555 0119',
  doNotCall: false,
  emailOptOut: false,
  lastActivityOn: null,
  department: null,
  ownerName: null,
};
const NOW = Date.parse('2026-05-12T09:00:00Z');
const html = (rest: Partial<PersonItem>) =>
  renderToStaticMarkup(<PersonRow person={{ ...PERSON, ...rest }} now={NOW} accountOwner="Olga" />);

it('offers every way to reach a person', () => {
  expect(html({})).toContain('href="mailto:maribel@acme.com"');
  expect(html({})).toContain('href="tel:+14155550134"');
  expect(html({})).toContain('href="tel:+16285550119"');
});

it('offers no call to who asked not to be called, and says why', () => {
  const shown = html({ doNotCall: true });
  expect(shown).not.toContain('tel:');
  expect(shown).not.toContain('555');
  expect(shown).toContain('Asked not to be called');
  expect(shown).toContain('mailto:');
});

it('offers no e-mail to who asked not to be e-mailed', () => {
  const shown = html({ emailOptOut: true });
  expect(shown).not.toContain('maribel@acme.com');
  expect(shown).toContain('Asked not to be e-mailed');
  expect(shown).toContain('tel:');
});

it('says what somebody does, when there was contact last, and whose contact it is when that is not who has the Account', () => {
  const shown = html({ title: 'CIO', department: 'IT', lastActivityOn: '2026-05-11', ownerName: 'Mei' });
  expect(shown).toContain('CIO, IT');
  expect(shown).toMatch(/Last touch yesterday.*Owner.*Mei/);
  expect(html({ ownerName: 'Olga' })).not.toContain('Olga');
});

it('never links to what is no web address', () => {
  expect(html({ url: 'javascript:alert(1)' })).not.toContain('javascript:');
});
