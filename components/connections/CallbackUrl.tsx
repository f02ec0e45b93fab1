import { i18n } from '#i18n';
import { useRequest } from '../hooks/use-request';
import { CopyButton } from '../ui/CopyButton';
import { sentenceOf } from '../ui/sentence';

/** The address that the admin enters in the CRM's app. It is the same for everyone who has this extension. */
export function CallbackUrl() {
  const setup = useRequest('connections.setup', {});
  return (
    <div>
      <p className="mb-1 text-sm font-medium text-muted">{i18n.t('connect.callback')}</p>
      <div className="flex h-8 items-center gap-2 rounded-md bg-hover ps-2.5 pe-1">
        <code className="min-w-0 flex-1 truncate font-mono text-sm select-all">
          {setup.data?.callbackUrl ?? (setup.error ? sentenceOf(setup.error) : '')}
        </code>
        {setup.data && <CopyButton text={setup.data.callbackUrl} label={i18n.t('connect.copyCallback')} />}
      </div>
    </div>
  );
}
