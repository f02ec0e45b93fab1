import { useState } from 'react';
import { i18n } from '#i18n';
import { Button } from '../ui/Button';

/** Asks the browser to look for a newer Sidelight now. Whether there is one. */
export type CheckForUpdate = () => Promise<boolean>;

/** The button, and what came of it. Where the browser cannot be asked, the words say where a person looks. */
export function UpdateCheck({ check }: { check: CheckForUpdate | null }) {
  const [found, setFound] = useState<'yes' | 'no' | null>(null);
  const [busy, setBusy] = useState(false);
  if (check === null) return <p className="text-muted">{i18n.t('health.updateByHand')}</p>;
  const run = async () => {
    setBusy(true);
    setFound(null);
    const available = await check().catch(() => false);
    setFound(available ? 'yes' : 'no');
    setBusy(false);
  };
  return (
    <>
      <Button look="primary" busy={busy} onClick={() => void run()}>
        {i18n.t('health.update')}
      </Button>
      <p role="status" className="self-center text-sm text-muted">
        {found !== null && i18n.t(found === 'yes' ? 'health.updateFound' : 'health.updateNone')}
      </p>
    </>
  );
}
