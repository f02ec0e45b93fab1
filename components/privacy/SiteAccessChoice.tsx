import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { i18n } from '#i18n';
import type { SiteAccess } from '@/lib/messaging/protocol';
import { AppError } from '@/lib/shared/errors';
import { useRequest } from '../hooks/use-request';
import { Choice, CHOICES_LOOK } from '../ui/Choice';
import { ErrorNotice } from '../ui/ErrorNotice';
import { Notice } from '../ui/Notice';

interface Props {
  /** Asks the browser for all sites; must be called straight from the click. True when it was allowed. */
  askSiteAccess: () => Promise<boolean>;
  /** Gives the access back. */
  dropSiteAccess: () => Promise<boolean>;
}

/** Where the sidebar may appear. The browser itself is the record: what it grants is what is shown as chosen. */
export function SiteAccessChoice({ askSiteAccess, dropSiteAccess }: Props) {
  const access = useRequest('sites.access', {});
  const client = useQueryClient();
  const [refused, setRefused] = useState(false);
  const [failure, setFailure] = useState<AppError | null>(null);
  const mode = access.data?.mode;

  const choose = async (next: SiteAccess['mode']) => {
    setFailure(null);
    setRefused(false);
    try {
      const done = await (next === 'all' ? askSiteAccess() : dropSiteAccess());
      setRefused(next === 'all' && !done);
    } catch (cause) {
      setFailure(new AppError('unexpected', { cause }));
    }
    await client.invalidateQueries({ queryKey: ['sites.access'] });
  };
  return (
    <div>
      <fieldset disabled={mode === undefined}>
        <legend className="mb-2 font-medium">{i18n.t('sites.question')}</legend>
        <div className={CHOICES_LOOK}>
          <Choice
            name="site-access"
            value="all"
            checked={mode === 'all'}
            onChoose={() => void choose('all')}
            title={i18n.t('sites.all')}
            description={i18n.t('sites.allText')}
          />
          <Choice
            name="site-access"
            value="none"
            checked={mode === 'none'}
            onChoose={() => void choose('none')}
            title={i18n.t('sites.none')}
            description={i18n.t('sites.noneText')}
          />
        </div>
      </fieldset>
      {access.error && <ErrorNotice error={access.error} onRetry={() => void access.refetch()} className="mt-3" />}
      {refused && (
        <Notice tone="warn" urgent className="mt-3">
          <p>{i18n.t('sites.refused')}</p>
        </Notice>
      )}
      {failure && <ErrorNotice error={failure} className="mt-3" />}
    </div>
  );
}
