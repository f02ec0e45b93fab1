import { describe, expect, it } from 'vitest';
import { initialsOf, mailLink, phoneLink, readable, shortAddress, tintOf, webLink } from '@/components/ui/text';

describe('readable', () => {
  it('marks direction controls and half characters, and caps the length', () => {
    expect(readable('a\u202egpj.exe')).toBe('a\ufffdgpj.exe');
    expect(readable('x\ud800y')).toBe('x\ufffdy');
    expect(readable('m'.repeat(100_000))).toHaveLength(501);
  });

  it('does not leave half a character where it cuts', () => {
    expect(readable(`${'m'.repeat(499)}😀😀`).isWellFormed()).toBe(true);
  });
});

describe('initialsOf', () => {
  it.each([
    ['Maribel Okonkwo', 'MO'],
    ['Jean-Luc van den Berg', 'JB'],
    ['acme', 'A'],
    ['  3M  Company ', '3C'],
    ['שירה לוי', 'של'],
    ['😀', ''],
    ['', ''],
  ])('%j gives %j', (name, initials) => expect(initialsOf(name)).toBe(initials));
});

it('gives the same name the same tint, within the palette', () => {
  expect(tintOf('Acme')).toBe(tintOf('Acme'));
  for (const name of ['', 'Acme', 'x'.repeat(10_000)]) expect(tintOf(name)).toBeGreaterThanOrEqual(0);
  for (const name of ['', 'Acme', 'x'.repeat(10_000)]) expect(tintOf(name)).toBeLessThan(8);
});

describe('links', () => {
  it.each([
    ['https://acme.com/a', 'https://acme.com/a'],
    ['acme.com', 'https://acme.com/'],
    ['javascript:alert(1)', null],
    [' JavaScript:alert(1)', null],
    ['data:text/html,x', null],
    ['http://', null],
    ['', null],
    [null, null],
  ])('web: %j gives %j', (value, link) => expect(webLink(value)).toBe(link));

  it.each([
    ['pia@acme.com', 'mailto:pia@acme.com'],
    ['pia+crm@acme.com', 'mailto:pia%2Bcrm@acme.com'],
    ['a@b.c,evil@example.org', null],
    ['a@b.c?bcc=evil@example.org', null],
    ['not an address', null],
    [null, null],
  ])('mail: %j gives %j', (value, link) => expect(mailLink(value)).toBe(link));

  it.each([
    ['+1 (415) 555-0134', 'tel:+14155550134'],
    ['559-555-0187 ext. 12', 'tel:5595550187'],
    ['559-555-0187 x12', 'tel:5595550187'],
    ['call the front desk', null],
    [null, null],
  ])('phone: %j gives %j', (value, link) => expect(phoneLink(value)).toBe(link));
});

it('shortens a web address to what people read', () => {
  expect(shortAddress('https://www.acme.com/')).toBe('acme.com');
});
