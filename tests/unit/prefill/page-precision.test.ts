import { afterEach, describe, expect, it, vi } from 'vitest';
import { firstPhone } from '@/components/creation/phone-number';
import { formSuggestions } from '@/lib/prefill/form-suggestions';
import { readPage } from '@/lib/prefill/page-text';
import { ENGLISH } from '../../fixtures/company-pages/english';
import { GERMAN } from '../../fixtures/company-pages/german';
import { OTHERS } from '../../fixtures/company-pages/others';
import { type CompanyPage, documentOf } from '../../fixtures/company-pages/page';
import { pageSite } from './page-site';

const PAGES = [...GERMAN, ...ENGLISH, ...OTHERS];
const FIELDS = ['company', 'website', 'phone', 'email', 'address', 'person'] as const;
type Found = Record<(typeof FIELDS)[number], string | undefined>;

/** From the page's own markup to what stands in the form of a Lead. */
function foundOn({ url, html }: CompanyPage): Found {
  vi.stubGlobal('document', documentOf(html));
  const { values, phones, countries } = formSuggestions('lead', { site: pageSite(url), page: readPage(), text: null }, 'en');
  const phone = firstPhone(phones, countries);
  const person = [values.firstName?.value, values.lastName?.value].filter(Boolean).join(' ');
  const [company, website, email, address] = [values.company, values.website, values.email, values.city].map((one) => one?.value);
  return { company, website, phone: phone?.value, email, address, person: person || undefined };
}

function expectedOn({ url, expected }: CompanyPage): Record<keyof Found, readonly (string | undefined)[]> {
  const { company, phone, email, city, person } = expected;
  return { company, website: [url.replace(/\/$/, '')], phone: [phone], email: [email], address: [city], person: [person] };
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('what is found on home pages of companies', () => {
  const pages = PAGES.map((one) => ({ found: foundOn(one), expected: expectedOn(one), url: one.url }));
  const score = FIELDS.map((field) => {
    const offered = pages.filter(({ found }) => found[field] !== undefined);
    const wrong = offered.filter(({ found, expected }) => !expected[field].includes(found[field]));
    const there = pages.filter(({ expected }) => expected[field][0] !== undefined);
    const right = offered.length - wrong.length;
    const misses = there.filter(({ found, expected }) => !expected[field].includes(found[field]));
    return { field, offered: offered.length, there: there.length, right, wrong, misses, precision: right / offered.length };
  });
  const percent = (part: number) => `${(part * 100).toFixed(1)} %`;
  for (const { field, offered, there, right, precision, wrong, misses } of score) {
    console.info(
      `prefill ${field}: precision ${percent(precision)} of ${offered} offered, ${percent(right / there)} of ${there} found`,
    );
    for (const { url, found, expected } of [...new Set([...wrong, ...misses])]) {
      console.info(`  ${url} ${field}: ${found[field] ?? 'nothing'}, not ${expected[field].join(' or ') || 'nothing'}`);
    }
  }

  it('are more than sixty pages in many languages', () => {
    expect(PAGES.length).toBeGreaterThanOrEqual(60);
    expect(new Set(PAGES.map(({ url }) => url)).size).toBe(PAGES.length);
  });

  it.each(score)('is right for $field in at least 95 of 100 offers', ({ precision, right, there }) => {
    expect(precision).toBeGreaterThanOrEqual(0.95);
    // Offering nothing would be precise as well.
    expect(right / there).toBeGreaterThanOrEqual(0.9);
  });
});
