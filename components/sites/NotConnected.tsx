import { i18n } from '#i18n';
import { Button } from '../ui/Button';
import { Centered } from '../ui/Centered';
import { Mark } from '../ui/Mark';

/** What somebody sees who has not connected a CRM yet. */
export function NotConnected({ openOptions }: { openOptions: () => void }) {
  return (
    <Centered
      icon={<Mark className="size-12" />}
      title={i18n.t('popup.pitchTitle')}
      text={i18n.t('popup.pitch')}
      actions={
        <Button look="primary" size="large" onClick={openOptions}>
          {i18n.t('popup.connect')}
        </Button>
      }
    />
  );
}
