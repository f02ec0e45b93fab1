import { describe, expect, it } from 'vitest';
import {
  decide,
  linkedDomains,
  linkedTo,
  NO_DECISIONS,
  placeOf,
  refusedAt,
  silenced,
  type SiteDecision,
  takeBack,
} from '@/lib/matching/site-decisions';
import { isInPreset, PRESETS, type PresetName } from '@/lib/matching/site-presets';
import { siteOf } from '@/lib/matching/site-identity';

const site = (url: string) => {
  const found = siteOf(url);
  if (!found) throw new Error(`${url} is no site`);
  return found;
};
const ACME = site('https://www.acme.com/start');
const PAGE = site('https://www.linkedin.com/company/acme');
const decision = (kind: SiteDecision['kind'], accountId: string | null, place = 'acme.com'): SiteDecision => ({
  kind,
  place,
  accountId,
  at: '2026-05-01T00:00:00.000Z',
});
const decided = (...decisions: SiteDecision[]) => decisions.reduce(decide, NO_DECISIONS);

describe('a decision about a site', () => {
  it('holds for the whole registrable domain, and on a platform for that page alone', () => {
    expect(placeOf(ACME)).toBe('acme.com');
    expect(placeOf(PAGE)).toBe('LinkedIn/acme');
  });

  it('links Accounts, of which there may be several', () => {
    const all = decided(decision('link', 'a1'), decision('link', 'a2'), decision('link', 'a3', 'other.com'));
    expect([...linkedTo(all, ACME)].sort()).toEqual(['a1', 'a2']);
    expect(linkedDomains(all, 'a3')).toEqual(['other.com']);
  });

  it('is there once, however often it is made', () => {
    expect(decided(decision('link', 'a1'), decision('link', 'a1')).decisions).toHaveLength(1);
  });

  it('takes back what it contradicts: a link the refusal of the same Account, and the other way round', () => {
    expect(refusedAt(decided(decision('refuse', 'a1'), decision('link', 'a1')), ACME).size).toBe(0);
    expect(linkedTo(decided(decision('link', 'a1'), decision('refuse', 'a1')), ACME).size).toBe(0);
    expect(linkedTo(decided(decision('link', 'a1'), decision('refuse', 'a2')), ACME).size).toBe(1);
  });

  it('shows a site again that was ignored when an Account is linked to it', () => {
    expect(silenced(decided(decision('ignore', null)), ACME)).toBe('ignored');
    expect(silenced(decided(decision('ignore', null), decision('link', 'a1')), ACME)).toBeNull();
  });

  it('leaves other sites alone', () => {
    expect(silenced(decided(decision('ignore', null)), site('https://acme.de/'))).toBeNull();
    expect(silenced(decided(decision('ignore', null, 'linkedin.com')), PAGE)).toBe('ignored');
  });

  it('can be taken back', () => {
    const all = decided(decision('ignore', null), decision('link', 'a1', 'other.com'));
    expect(takeBack(all, decision('ignore', null)).decisions).toEqual([decision('link', 'a1', 'other.com')]);
  });

  it('names no domain of an Account when a platform page is linked to it', () => {
    expect(linkedDomains(decided(decision('link', 'a1', 'LinkedIn/acme')), 'a1')).toEqual([]);
  });
});

describe('kinds of sites that are never looked at', () => {
  it.each<[PresetName, string]>([
    ['banking', 'https://www.chase.com/'],
    ['banking', 'https://meine.sparkasse.de/'],
    ['banking', 'https://onlinebanking.some-credit-union.org/'],
    ['banking', 'https://anything.bank/'],
    ['health', 'https://www.nhs.uk/'],
    ['health', 'https://mychart.some-hospital.org/'],
    ['webmail', 'https://mail.google.com/mail/u/0/'],
    ['webmail', 'https://outlook.office.com/mail/'],
    ['webmail', 'https://webmail.acme.com/'],
    ['government', 'https://www.irs.gov/'],
    ['government', 'https://www.gov.uk/'],
    ['government', 'https://www.impots.gouv.fr/'],
    ['government', 'https://www.bund.de/'],
  ])('%s: %s', (preset, url) => {
    expect(isInPreset(preset, site(url))).toBe(true);
    expect(silenced({ decisions: [], never: [preset] }, site(url))).toBe(preset);
    expect(silenced(NO_DECISIONS, site(url))).toBeNull();
  });

  it.each(['https://www.acme.com/', 'https://www.databank.com/', 'https://www.google.com/', 'https://government-news.com/'])(
    'are none of them: %s',
    (url) => {
      expect(PRESETS.filter((preset) => isInPreset(preset, site(url)))).toEqual([]);
    },
  );
});
