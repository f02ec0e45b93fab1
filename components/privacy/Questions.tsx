import type { ReactNode } from 'react';
import { i18n } from '#i18n';
import type { StoredCopy } from '@/lib/messaging/privacy-protocol';
import { objectsName } from '../sync/object-names';
import { Disclosure } from '../ui/Disclosure';
import { formatMoment, formatNumber } from '../ui/format';
import { formatList } from '../ui/format-more';

const QUESTIONS = ['lawful', 'interest', 'processor', 'flow', 'what', 'deleted', 'often', 'third', 'whom'] as const;

/** The questions that a privacy officer asks of a CRM integration, each with the fact that answers it here and now. */
export function Questions({ copies }: { copies: StoredCopy[] }) {
  const facts: Partial<Record<(typeof QUESTIONS)[number], ReactNode>> = {
    what: objectsFact(copies),
    often: oftenFact(copies),
    third: hostsFact(copies),
  };
  return (
    <section aria-labelledby="questions">
      <h2 id="questions" className="text-lg font-semibold">
        {i18n.t('privacy.questions.title')}
      </h2>
      <ul className="mt-3 space-y-2">
        {QUESTIONS.map((question) => (
          <li key={question}>
            <Disclosure summary={i18n.t(`privacy.questions.${question}`)}>
              <div className="max-w-prose space-y-1.5 ps-4 pb-2 text-muted">
                <p>{i18n.t(`privacy.questions.${question}Answer`)}</p>
                {facts[question] && <p className="text-ink">{facts[question]}</p>}
              </div>
            </Disclosure>
          </li>
        ))}
      </ul>
    </section>
  );
}

function objectsFact(copies: StoredCopy[]): string | null {
  const wanted = new Set(copies.flatMap(({ objects }) => objects.filter((one) => one.wanted).map(({ object }) => object)));
  return wanted.size === 0 ? null : i18n.t('privacy.questions.whatNow', [formatList([...wanted].map(objectsName))]);
}

function oftenFact(copies: StoredCopy[]): string | null {
  const next = copies.flatMap(({ nextDueAt }) => nextDueAt ?? []).sort()[0];
  return next === undefined ? null : i18n.t('privacy.questions.oftenNow', [formatMoment(next)]);
}

function hostsFact(copies: StoredCopy[]): string | null {
  const hosts = copies.flatMap((copy) => copy.hosts);
  const calls = hosts.reduce((sum, { calls: count }) => sum + count, 0);
  const names = [...new Set(hosts.map(({ host }) => host))];
  return names.length === 0 ? null : i18n.t('privacy.questions.thirdNow', [formatNumber(calls), formatList(names)]);
}
