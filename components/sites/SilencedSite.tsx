import { EyeOff } from 'lucide-react';
import { i18n } from '#i18n';
import type { SiteState } from '@/lib/messaging/protocol';
import { useAction } from '../hooks/use-action';
import { Button } from '../ui/Button';
import { Centered } from '../ui/Centered';
import { CrmText } from '../ui/CrmText';
import { ErrorNotice } from '../ui/ErrorNotice';
import { Phrase, slots } from '../ui/Phrase';
import { presetName } from './preset-names';

interface Props {
  state: Extract<SiteState, { kind: 'silenced' }>;
  openOptions: () => void;
}

/** The user wants nothing looked up here. It says so, so that nobody takes it for "not in your CRM". */
export function SilencedSite({ state: { site, why }, openOptions }: Props) {
  const back = useAction('site.takeBack');
  const place = site.page ? `${site.page.platform}/${site.page.key}` : site.domain;
  const domain = <CrmText text={site.domain} />;
  return (
    <>
      {back.error && <ErrorNotice error={back.error} className="m-4" />}
      <Centered
        icon={<EyeOff className="size-8" strokeWidth={1.25} />}
        title={<Phrase text={i18n.t('decisions.ignored', slots('domain'))} parts={{ domain }} />}
        text={reasonFor(why)}
        actions={
          why === 'policy' ? null : why === 'ignored' ? (
            <Button busy={back.isPending} onClick={() => back.mutate({ kind: 'ignore', place, accountId: null })}>
              {i18n.t('decisions.showAgain')}
            </Button>
          ) : (
            <Button onClick={openOptions}>{i18n.t('decisions.openOptions')}</Button>
          )
        }
      />
    </>
  );
}

function reasonFor(why: Props['state']['why']): string {
  if (why === 'policy') return i18n.t('policy.neverHere');
  return why === 'ignored' ? i18n.t('decisions.ignoredText') : i18n.t('decisions.neverHere', [presetName(why)]);
}
