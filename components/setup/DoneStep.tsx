import { i18n } from '#i18n';
import { Button } from '../ui/Button';

interface Props {
  isConnected: boolean;
  openOptions: () => void;
  onAgain: () => void;
}

/** What to do now. */
export function DoneStep({ isConnected, openOptions, onAgain }: Props) {
  return (
    <>
      <p className="max-w-prose text-pretty text-muted">
        {i18n.t(isConnected ? 'setup.doneConnected' : 'setup.doneNotConnected')}
      </p>
      <div className="flex flex-wrap gap-2 pt-2">
        <Button look="primary" size="large" onClick={openOptions}>
          {i18n.t('setup.options')}
        </Button>
        <Button look="quiet" size="large" onClick={onAgain}>
          {i18n.t('setup.again')}
        </Button>
      </div>
    </>
  );
}
