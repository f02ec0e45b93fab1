import { useEffect, useRef } from 'react';
import { i18n } from '#i18n';
import type { CreatableObject } from '@/lib/messaging/creation-protocol';
import type { DuplicateChoice, DuplicateView, OutboxNeed } from '@/lib/messaging/outbox-protocol';
import { Badge } from '../ui/Badge';
import { Button } from '../ui/Button';
import { CrmText } from '../ui/CrmText';
import { Notice } from '../ui/Notice';
import { RecordLink } from '../ui/RecordLink';
import { readable } from '../ui/text';
import { SideBySide } from './SideBySide';

interface Props {
  found: Extract<OutboxNeed, { kind: 'duplicates' }>;
  object: CreatableObject;
  busy: boolean;
  onChoose: (choice: DuplicateChoice) => void;
}

/** The CRM knows somebody like this: whom, field by field beside what was typed, and what can be done about it. */
export function DuplicateNotice({ found, object, busy, onChoose }: Props) {
  const heading = useRef<HTMLParagraphElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: every new answer takes the focus
  useEffect(() => heading.current?.focus(), [found]);
  return (
    <Notice tone="warn" urgent>
      <p ref={heading} tabIndex={-1} className="font-medium">
        {i18n.t('lead.duplicates', found.matches.length)}
      </p>
      {found.message !== null && found.message !== '' && <CrmText text={found.message} className="block text-sm text-muted" />}
      <ul className="mt-2 divide-y divide-hairline rounded-md border border-hairline bg-raised">
        {found.matches.map((match) => (
          <Match key={match.id} match={match} object={object} busy={busy} onChoose={onChoose} />
        ))}
      </ul>
      {found.allowCreate ? (
        <Button size="small" className="mt-2" busy={busy} onClick={() => onChoose('create')}>
          {i18n.t('lead.createAnyway')}
        </Button>
      ) : (
        <p className="mt-2 text-sm text-muted">{i18n.t('lead.ruleForbids')}</p>
      )}
    </Notice>
  );
}

interface MatchProps extends Pick<Props, 'object' | 'busy' | 'onChoose'> {
  match: DuplicateView;
}

function Match({ match, object, busy, onChoose }: MatchProps) {
  const name = readable(match.name ?? match.id);
  // Somebody who is a Contact already is shown; a Lead cannot become that Contact by a press.
  const isSame = match.kind === object;
  return (
    <li className="px-2.5 py-1.5">
      <div className="flex items-center gap-2">
        <RecordLink url={match.url} text={match.name ?? match.id} className="min-w-0 flex-1 truncate font-medium text-accent" />
        <Badge>{match.kind ? i18n.t(`form.object.${match.kind}`) : <CrmText text={match.object} />}</Badge>
      </div>
      {match.objected && <p className="text-sm text-warn">{i18n.t('person.objected')}</p>}
      {match.fields.length > 0 && <SideBySide fields={match.fields} />}
      {isSame && (
        <div className="mt-1.5 flex flex-wrap gap-1.5">
          <Button
            size="small"
            busy={busy}
            aria-label={i18n.t('form.duplicate.useName', { name })}
            onClick={() => onChoose({ use: match.id })}
          >
            {i18n.t('form.duplicate.use')}
          </Button>
          {match.updatable && (
            <Button
              size="small"
              busy={busy}
              aria-label={i18n.t('form.duplicate.updateName', { name })}
              onClick={() => onChoose({ update: match.id })}
            >
              {i18n.t('form.duplicate.update')}
            </Button>
          )}
        </div>
      )}
    </li>
  );
}
