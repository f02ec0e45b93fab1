import { useEffect, useRef, useState } from 'react';
import { i18n } from '#i18n';
import type { SyncStatus } from '@/lib/messaging/protocol';
import { sentenceOf } from '../ui/sentence';
import { AppError } from '@/lib/shared/errors';

interface Props {
  status: SyncStatus;
}

/** Tells a screen reader when a sync starts and how it ended; the steps between stand in the progress bar. */
export function SyncAnnouncer({ status }: Props) {
  const running = status.running !== null;
  const before = useRef(running);
  const [text, setText] = useState('');
  useEffect(() => {
    if (before.current === running) return;
    before.current = running;
    if (running) setText(i18n.t('sync.running'));
    else setText(status.lastError ? sentenceOf(new AppError(status.lastError.code)) : i18n.t('sync.done'));
  }, [running, status.lastError]);
  return (
    <p role="status" className="sr-only">
      {text}
    </p>
  );
}
