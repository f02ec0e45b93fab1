import { useEffect, useRef } from 'react';
import { i18n } from '#i18n';
import type { Receipt } from '@/lib/messaging/protocol';
import { ReceiptView } from '../connections/ReceiptView';
import { Button } from '../ui/Button';

interface Props {
  receipts: readonly Receipt[];
  onDone: () => void;
}

/** What the reset did: one receipt for each connection, and the words for when there was none. */
export function ResetReceipts({ receipts, onDone }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const byHand = receipts.some(({ revocation }) => revocation === 'failed');
  return (
    <div>
      <h1 ref={heading} tabIndex={-1} className="text-xl font-semibold">
        {i18n.t('reset.done')}
      </h1>
      <p className="mt-1 text-pretty text-muted">
        {i18n.t(receipts.length === 0 ? 'reset.doneEmpty' : byHand ? 'reset.doneByHand' : 'reset.doneText')}
      </p>
      <ul className="mt-4 space-y-3">
        {receipts.map((receipt, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: receipts have no id, and this list never changes
          <li key={index}>
            <ReceiptView receipt={receipt} />
          </li>
        ))}
      </ul>
      <Button look="primary" className="mt-4" onClick={onDone}>
        {i18n.t('common.done')}
      </Button>
    </div>
  );
}
