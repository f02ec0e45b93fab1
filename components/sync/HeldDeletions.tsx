import { useId, useRef, useState } from 'react';
import { i18n } from '#i18n';
import type { ConnectionSummary, HeldDeletions as Held } from '@/lib/messaging/protocol';
import { Button } from '../ui/Button';
import { Notice } from '../ui/Notice';
import { formatNumber } from '../ui/format';
import { HeldDialog } from './HeldDialog';
import { objectsName } from './object-names';

interface Props {
  connection: ConnectionSummary;
  held: Held;
}

/** Deletions that are too many to be believed without asking: a question until it is answered, then a quiet line. */
export function HeldDeletions({ connection: { id: connectionId, crmLabel }, held }: Props) {
  const [reviewing, setReviewing] = useState(false);
  const place = useRef<HTMLElement>(null);
  const textId = useId();
  const review = (
    <Button size="small" look={held.answer === null ? 'secondary' : 'quiet'} onClick={() => setReviewing(true)}>
      {i18n.t('held.review')}
    </Button>
  );
  const text = <p id={textId}>{sentenceAbout(held, crmLabel)}</p>;
  const onAnswered = () => {
    setReviewing(false);
    // The button that opened the dialog goes with the answer, and the focus would go with it.
    requestAnimationFrame(() => place.current?.focus());
  };
  return (
    <section ref={place} tabIndex={-1} aria-labelledby={textId}>
      {held.answer === null ? (
        <Notice tone="warn" actions={review}>
          {text}
        </Notice>
      ) : (
        <div className="flex items-baseline gap-2 text-sm text-muted">
          {text}
          {held.answer === 'keep' && review}
        </div>
      )}
      <HeldDialog
        connectionId={connectionId}
        crmLabel={crmLabel}
        object={held.object}
        open={reviewing}
        onClose={() => setReviewing(false)}
        onAnswered={onAnswered}
      />
    </section>
  );
}

function sentenceAbout({ object, count, of, answer }: Held, crmLabel: string): string {
  const [gone, all, name] = [formatNumber(count), formatNumber(of), objectsName(object)];
  if (answer === 'keep') return i18n.t('held.kept', [gone, all, name, crmLabel]);
  if (answer === 'remove') return i18n.t('held.going', [gone, name, crmLabel]);
  return i18n.t('held.found', count, [crmLabel, gone, all, name]);
}
