import { useEffect, useState } from 'react';
import { i18n } from '#i18n';
import { formatDuration } from '../ui/format-more';
import { asClock } from './use-seconds-left';

/** Counts down on screen; a screen reader hears once that there is a wait, and not every second of it. */
export function WaitLine({ secondsLeft }: { secondsLeft: number }) {
  const waiting = secondsLeft > 0;
  const [told, setTold] = useState('');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the seconds move on, what was said stays
  useEffect(() => setTold(waiting ? i18n.t('vault.wait', [formatDuration(secondsLeft)]) : ''), [waiting]);
  return (
    <>
      {waiting && (
        <p aria-hidden="true" className="text-sm text-warn">
          {i18n.t('vault.wait', [asClock(secondsLeft)])}
        </p>
      )}
      <p role="status" className="sr-only">
        {told}
      </p>
    </>
  );
}
