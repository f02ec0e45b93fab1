import { useEffect, useRef, type ReactNode } from 'react';
import { i18n } from '#i18n';
import type { CreateResult } from '@/lib/messaging/protocol';
import { Badge } from '../ui/Badge';
import { Button } from '../ui/Button';
import { CrmText } from '../ui/CrmText';
import { Notice } from '../ui/Notice';
import { RecordLink } from '../ui/RecordLink';

interface Props {
  result: Extract<CreateResult, { kind: 'duplicates' }>;
  busy: boolean;
  onCreateAnyway: () => void;
}

/** The CRM knows somebody like this: whom, and whether its rule lets the user go on. */
export function DuplicateNotice({ result, busy, onCreateAnyway }: Props) {
  const heading = useRef<HTMLParagraphElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: every new answer takes the focus
  useEffect(() => heading.current?.focus(), [result]);
  return (
    <Notice tone="warn" urgent>
      <p ref={heading} tabIndex={-1} className="font-medium">
        {i18n.t('lead.duplicates', result.matches.length)}
      </p>
      {result.message !== '' && <CrmText text={result.message} className="block text-sm text-muted" />}
      <ul className="mt-2 divide-y divide-hairline rounded-md border border-hairline bg-raised">
        {result.matches.map((match) => (
          <li key={match.id} className="flex items-center gap-2 px-2.5 py-1.5">
            <RecordLink
              url={match.url}
              text={match.name ?? match.id}
              className="min-w-0 flex-1 truncate font-medium text-accent"
            />
            <Badge>{objectOf(match.object)}</Badge>
          </li>
        ))}
      </ul>
      {result.allowSave ? (
        <Button size="small" className="mt-2" busy={busy} onClick={onCreateAnyway}>
          {i18n.t('lead.createAnyway')}
        </Button>
      ) : (
        <p className="mt-2 text-sm text-muted">{i18n.t('lead.ruleForbids')}</p>
      )}
    </Notice>
  );
}

const KINDS: Record<string, 'account' | 'contact' | 'lead'> = { Account: 'account', Contact: 'contact', Lead: 'lead' };

/** The kind of a record in the user's words; the CRM's own name for one that Sidelight does not know. */
function objectOf(name: string): ReactNode {
  const kind = Object.hasOwn(KINDS, name) ? KINDS[name] : undefined;
  return kind ? i18n.t(`search.object.${kind}`) : <CrmText text={name} />;
}
