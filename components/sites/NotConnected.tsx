import { i18n } from '#i18n';
import { buttonLook } from '../ui/Button';
import { Centered } from '../ui/Centered';
import { Mark } from '../ui/Mark';

/** What somebody sees who has not connected a CRM yet: the way to the setup, where it was left. */
export function NotConnected() {
  return (
    <Centered
      icon={<Mark className="size-12" />}
      title={i18n.t('popup.pitchTitle')}
      text={i18n.t('popup.pitch')}
      actions={
        <a href="/setup.html" target="_blank" rel="noopener" className={buttonLook('primary', 'large')}>
          {i18n.t('popup.connect')}
        </a>
      }
    />
  );
}
