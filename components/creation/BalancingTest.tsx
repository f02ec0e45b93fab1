import { useEffect, useId, useRef } from 'react';
import { i18n } from '#i18n';
import { answersAgainst, BALANCING_ITEMS, type BalancingItem, type BasisOffer, isAnswered } from '@/lib/shared/person-basis';
import { CONTROL_LOOK, Labelled } from '../ui/Labelled';
import { Notice } from '../ui/Notice';
import { cx } from '../ui/class-names';
import { formatDay } from '../ui/format';
import { Phrase, slots } from '../ui/Phrase';
import { readable } from '../ui/text';
import type { BasisDraft, BasisProblem } from './basis-draft';

interface Props {
  offer: BasisOffer;
  basis: BasisDraft;
  onBasis: (basis: BasisDraft) => void;
  problem: BasisProblem | undefined;
}

/**
 * Three questions about one person, against the purpose that the company has answered for. It can say no. Without the company's
 * answers there is nothing to weigh against: then the reason is said in words, below.
 */
export function BalancingTest({ offer: { template, isTemplateRequired, isReviewDue, today }, basis, onBasis, problem }: Props) {
  if (!template) return <NoTemplate isRequired={isTemplateRequired} isTried={problem === 'template-needed'} />;
  const answer = (item: BalancingItem, value: boolean) => onBasis({ ...basis, answers: { ...basis.answers, [item]: value } });
  return (
    <div className="mt-3">
      {isReviewDue && (
        <Notice tone="warn" className="mb-2">
          <Phrase
            text={i18n.t('basis.reviewDue', slots('day', 'owner'))}
            parts={{ day: formatDay(template.reviewBy, Date.parse(today)), owner: <bdi>{readable(template.owner)}</bdi> }}
          />
        </Notice>
      )}
      <p className="mb-1.5 line-clamp-3 text-sm text-muted">
        <span className="font-medium">{i18n.t('basis.purpose')}</span> <bdi>{readable(template.purpose)}</bdi>
      </p>
      <div className={QUESTIONS_LOOK}>
        {BALANCING_ITEMS.map((item) => (
          <Question
            key={item}
            item={item}
            value={basis.answers[item]}
            onAnswer={(value) => answer(item, value)}
            isMissing={problem === 'unanswered' && basis.answers[item] === undefined}
          />
        ))}
      </div>
      <Outcome basis={basis} onBasis={onBasis} problem={problem} />
      <p className="mt-1.5 text-xs text-faint">{i18n.t('basis.notLawYet')}</p>
    </div>
  );
}

/** Without the company's answers there is nothing to weigh against: where it wants that first, this is as far as it goes. */
function NoTemplate({ isRequired, isTried }: { isRequired: boolean; isTried: boolean }) {
  const link = (
    <a href="/options.html#basis" target="_blank" rel="noreferrer" className="font-medium text-accent underline">
      {i18n.t('basis.noTemplateLink')}
    </a>
  );
  if (!isRequired)
    return (
      <p className="mt-3 text-sm text-muted">
        {i18n.t('basis.noTemplate')} {link}
      </p>
    );
  return (
    <Notice tone={isTried ? 'danger' : 'warn'} urgent={isTried} className="mt-3">
      {i18n.t('basis.templateNeeded')} {link}
    </Notice>
  );
}

const QUESTIONS_LOOK = 'divide-y divide-hairline rounded-lg border border-edge bg-raised';

interface QuestionProps {
  item: BalancingItem;
  value: boolean | undefined;
  onAnswer: (value: boolean) => void;
  isMissing: boolean;
}

/** Two radio buttons: Tab goes from question to question, the arrow keys choose. */
function Question({ item, value, onAnswer, isMissing }: QuestionProps) {
  const id = useId();
  return (
    <div
      role="radiogroup"
      aria-labelledby={id}
      aria-describedby={isMissing ? `${id}-error` : undefined}
      aria-required="true"
      data-invalid={isMissing || undefined}
      className="flex items-center gap-3 px-3 py-1.5"
    >
      <span id={id} className="min-w-0 flex-1 text-sm text-pretty">
        {i18n.t(`basis.question.${item}`)}
        {isMissing && (
          <span id={`${id}-error`} className="block text-danger">
            {i18n.t('basis.answer')}
          </span>
        )}
      </span>
      {[true, false].map((option) => (
        <label key={String(option)} className="flex min-h-6 items-center gap-1.5 text-sm">
          <input
            type="radio"
            name={`${id}-answer`}
            checked={value === option}
            onChange={() => onAnswer(option)}
            className="size-3.5 accent-accent"
          />
          {option ? i18n.t('basis.yes') : i18n.t('basis.no')}
        </label>
      ))}
    </div>
  );
}

/** What the answers come to. Said as soon as one speaks against it: nobody has to answer on for nothing. */
function Outcome({ basis, onBasis, problem }: Omit<Props, 'offer'>) {
  const against = answersAgainst(basis.answers);
  const words = useRef<HTMLDivElement>(null);
  const asksForWords = against.length > 0 && isAnswered(basis.answers);
  // What is to be done next is below the edge of a popup as a rule.
  useEffect(() => {
    if (asksForWords) words.current?.scrollIntoView({ block: 'nearest' });
  }, [asksForWords]);
  return (
    <>
      <div role="status">
        {against.length === 0 && isAnswered(basis.answers) && (
          <p className="mt-2 text-sm text-muted">{i18n.t('basis.proceed')}</p>
        )}
        {against.length > 0 && (
          <Notice tone="danger" className="mt-2">
            <p className="font-medium">{i18n.t('basis.stop')}</p>
            {against.map((item) => (
              <p key={item}>{i18n.t(`basis.against.${item}`)}</p>
            ))}
            <p className="mt-1">{i18n.t('basis.stopText')}</p>
          </Notice>
        )}
      </div>
      {against.length > 0 && (
        <div ref={words} className="mt-2 scroll-mb-3">
          <Labelled
            label={i18n.t('basis.override')}
            required
            hint={i18n.t('basis.overrideHint')}
            error={problem === 'stopped' ? i18n.t('basis.problem.words') : undefined}
          >
            {(wiring) => (
              <textarea
                {...wiring}
                name="legal-basis-override"
                rows={2}
                maxLength={1000}
                value={basis.override}
                autoComplete="off"
                spellCheck={false}
                onChange={(event) => onBasis({ ...basis, override: event.target.value })}
                className={cx(CONTROL_LOOK, 'resize-y py-1.5')}
              />
            )}
          </Labelled>
        </div>
      )}
    </>
  );
}
