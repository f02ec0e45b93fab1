import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noticeWords } from '@/entrypoints/background/lead-words';
import { noticeDue, noticeTask } from '@/lib/privacy/notice';
import { TEMPLATE } from '../../builders/basis';

describe('the day until which a person is told', () => {
  it.each([
    ['2026-05-01', 5, '2026-05-27'],
    ['2026-01-31', 0, '2026-02-28'],
    ['2028-01-31', 0, '2028-02-29'],
    ['2026-12-31', 5, '2027-01-26'],
    ['2026-05-01', 60, '2026-05-01'],
  ])('of %s with %d days to spare is %s', (day, margin, due) => expect(noticeDue(day, margin)).toBe(due));

  it('is never later than a month, and never before the data was taken', () =>
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
        fc.integer({ min: 0, max: 27 }),
        (date, margin) => {
          const day = date.toISOString().slice(0, 10);
          const due = noticeDue(day, margin);
          expect(due >= day).toBe(true);
          expect(Date.parse(due) - Date.parse(day)).toBeLessThanOrEqual(31 * 86_400_000);
        },
      ),
    ));
});

describe('the Task', () => {
  const facts = {
    name: 'Pia Castell',
    due: '2026-05-27',
    source: 'https://acme.com/team',
    article: 'Art. 6(1)(f) GDPR, legitimate interest',
    isInterest: true,
    template: TEMPLATE,
  };

  it('names the person and holds what Art. 14 asks for', () => {
    const { subject, text } = noticeTask(facts, noticeWords());
    expect(subject).toBe('Art. 14 GDPR: inform Pia Castell');
    for (const part of [TEMPLATE.controller, TEMPLATE.purpose, TEMPLATE.necessity, facts.source, facts.article, '2026-05-27'])
      expect(text).toContain(part);
    expect(text).toMatch(/object.*Art\. 21/);
    expect(text).toMatch(/complain to a data protection authority/);
  });

  it('says what the company still has to fill in', () =>
    expect(noticeTask({ ...facts, template: null }, noticeWords()).text).toContain('What for: (to be filled in)'));

  it('has a subject that a CRM takes', () =>
    expect(noticeTask({ ...facts, name: 'x'.repeat(400) }, noticeWords()).subject).toHaveLength(255));
});
