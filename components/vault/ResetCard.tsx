import { useState } from 'react';
import { Trash2 } from 'lucide-react';
import { i18n } from '#i18n';
import type { Receipt } from '@/lib/messaging/protocol';
import { Button } from '../ui/Button';
import { ProtectionCard } from './ProtectionCard';
import { ResetDialog } from './ResetDialog';

interface Props {
  draft: string | null;
  onReset: (receipts: Receipt[]) => void;
}

export function ResetCard({ draft, onReset }: Props) {
  const [asking, setAsking] = useState(false);
  return (
    <ProtectionCard icon={Trash2} title={i18n.t('reset.card')}>
      <p className="text-muted">{i18n.t('reset.cardText')}</p>
      <Button className="self-start" onClick={() => setAsking(true)}>
        {i18n.t('reset.button')}
      </Button>
      <ResetDialog open={asking} draft={draft} onCancel={() => setAsking(false)} onReset={onReset} />
    </ProtectionCard>
  );
}
