import type { Receipt } from '@/lib/messaging/protocol';
import { useAction } from '../hooks/use-action';
import { ReceiptView } from './ReceiptView';
import { useUnseen } from './use-unseen';

/** What became of disconnects whose end nobody has seen: the browser was closed in the middle, or the view was. */
export function UnseenReceipts({ shown }: { shown: Receipt | null }) {
  const dismiss = useAction('receipts.dismiss');
  return useUnseen(shown).map((receipt) => (
    <ReceiptView key={receipt.id} receipt={receipt} unseen onDone={() => dismiss.mutate({ id: receipt.id })} />
  ));
}
