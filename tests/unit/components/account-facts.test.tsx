import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it, vi } from 'vitest';
import type { AccountView } from '@/lib/messaging/account-protocol';

vi.stubGlobal('navigator', { language: 'en-US' });
const { AccountFacts } = await import('@/components/account/AccountFacts');

type Extra = AccountView['account']['extra'];

const html = (extra: Extra, condensed = false) =>
  renderToStaticMarkup(
    <AccountFacts
      condensed={condensed}
      account={{
        id: '001a',
        url: '',
        name: 'Acme',
        website: null,
        industry: null,
        type: null,
        phone: null,
        location: null,
        ownerName: null,
        extra,
      }}
    />,
  );

describe('fields that the user has added', () => {
  it.each([
    [1240, '1,240'],
    [true, 'Yes'],
    [false, 'No'],
    ['1999-11-30', 'Nov 30, 1999'],
    ['Gold', 'Gold'],
    ['0012', '0012'],
  ])('%j is written %j', (value, text) => expect(html([{ label: 'Tier', value }])).toContain(`${text}<`));

  it('link to an address of the web, and to nothing else', () => {
    expect(html([{ label: 'Portal', value: 'https://portal.acme.com/' }])).toContain('href="https://portal.acme.com/"');
    expect(html([{ label: 'Portal', value: 'javascript:alert(1)' }])).not.toContain('href');
    expect(html([{ label: 'Portal', value: '<img src=x>' }])).not.toContain('<img');
  });

  it('may have the same label', () => {
    const twice = html([
      { label: 'Tier', value: 'Gold' },
      { label: 'Tier', value: 'Silver' },
    ]);
    expect(twice).toContain('Gold');
    expect(twice).toContain('Silver');
  });

  it('are fewer in the popup', () => {
    const many = Array.from({ length: 20 }, (_, index) => ({ label: `Field ${index}`, value: index }));
    expect(html(many).match(/<dt/g)).toHaveLength(20);
    expect(html(many, true).match(/<dt/g)).toHaveLength(4);
  });
});
