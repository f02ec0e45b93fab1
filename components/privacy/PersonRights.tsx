import { useId, useState, type FormEvent } from 'react';
import { i18n } from '#i18n';
import type { OutboxEntryView } from '@/lib/messaging/outbox-protocol';
import { useAction } from '../hooks/use-action';
import { Button } from '../ui/Button';
import { CrmText } from '../ui/CrmText';
import { ErrorNotice } from '../ui/ErrorNotice';
import { CONTROL_LOOK, Labelled } from '../ui/Labelled';
import { cx } from '../ui/class-names';
import { formatNumber } from '../ui/format';
import { ErasedOutcome, type Outcome } from './ErasedOutcome';
import { KeptOut } from './KeptOut';
import { ObjectedOutcome } from './ObjectedOutcome';
import { PersonCard } from './PersonCard';

/** What a person may ask of whoever holds their data: what is held, as a file, and that it goes (Art. 15, 17 and 20 GDPR), or that nobody contacts them (Art. 21). */
export function PersonRights() {
  const id = useId();
  const [text, setText] = useState('');
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [objection, setObjection] = useState<OutboxEntryView[] | null>(null);
  const find = useAction('rights.find');
  const search = () => {
    setOutcome(null);
    setObjection(null);
    find.mutate({ text });
  };
  const isUnclear = find.error?.code === 'person.unclear';
  return (
    <section aria-labelledby={id} className="print:hidden">
      <h2 id={id} className="text-lg font-semibold">
        {i18n.t('rights.title')}
      </h2>
      <p className="mt-1 mb-3 max-w-prose text-pretty text-muted">{i18n.t('rights.text')}</p>
      <form
        noValidate
        autoComplete="off"
        aria-labelledby={id}
        className="flex flex-wrap items-end gap-2"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          if (!find.isPending) search();
        }}
      >
        <Labelled
          className="min-w-48 flex-1"
          label={i18n.t('rights.who')}
          error={isUnclear ? i18n.t('error.person_unclear') : undefined}
        >
          {(wiring) => (
            <input
              {...wiring}
              type="text"
              maxLength={320}
              value={text}
              onChange={(event) => setText(event.target.value)}
              className={cx(CONTROL_LOOK, 'h-7')}
            />
          )}
        </Labelled>
        <Button type="submit" busy={find.isPending}>
          {i18n.t('rights.find')}
        </Button>
      </form>
      {find.error && !isUnclear && <ErrorNotice error={find.error} onRetry={search} className="mt-3" />}
      {outcome && <ErasedOutcome outcome={outcome} />}
      {objection && <ObjectedOutcome entries={objection} />}
      <p role="status" className="mt-2 text-sm text-faint">
        {find.isPending && i18n.t('rights.searching')}
        {find.data && found(find.data.people.length, find.data.more)}
      </p>
      {find.data && find.data.people.length > 0 && (
        <ul className="mt-2 divide-y divide-hairline rounded-lg border border-hairline">
          {find.data.people.map((person) => (
            <PersonCard
              key={`${person.connectionId} ${person.id}`}
              person={person}
              onErased={(done) => {
                setOutcome({ ...done, crmLabel: person.crmLabel, crm: person.crm });
                setObjection(null);
                find.mutate({ text });
              }}
              onObjected={({ entries }) => {
                setObjection(entries);
                setOutcome(null);
                find.mutate({ text });
              }}
            />
          ))}
        </ul>
      )}
      {find.data && find.data.typed.length > 0 && (
        <div className="mt-3 text-sm">
          <h3 className="font-medium">{i18n.t('rights.typed')}</h3>
          <p className="text-muted">{i18n.t('rights.typedText')}</p>
          <ul className="mt-1 list-disc ps-5">
            {find.data.typed.map(({ connectionId, where, label }, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a list that is only replaced as a whole
              <li key={`${connectionId} ${at}`}>
                {i18n.t(`rights.where.${where}`)}
                {label && (
                  <>
                    {': '}
                    <CrmText text={label} />
                  </>
                )}
              </li>
            ))}
          </ul>
        </div>
      )}
      <KeptOut />
    </section>
  );
}

function found(count: number, more: boolean): string {
  if (count === 0) return i18n.t('rights.none');
  return more ? i18n.t('rights.more', [formatNumber(count)]) : i18n.t('rights.found', count, [formatNumber(count)]);
}
