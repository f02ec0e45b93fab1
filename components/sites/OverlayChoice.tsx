import { useState } from 'react';
import { Eye } from 'lucide-react';
import { i18n } from '#i18n';
import type { HiddenSite, OverlayMode } from '@/lib/messaging/overlay-protocol';
import { useAction } from '../hooks/use-action';
import { useRequest } from '../hooks/use-request';
import { SetByOrganisation } from '../policy/SetByOrganisation';
import { usePolicy } from '../policy/use-policy';
import { Choice, CHOICES_LOOK } from '../ui/Choice';
import { CrmText } from '../ui/CrmText';
import { ErrorNotice } from '../ui/ErrorNotice';
import { IconButton } from '../ui/IconButton';

const MODES: readonly { mode: OverlayMode; title: () => string; text: () => string }[] = [
  { mode: 'tab', title: () => i18n.t('overlay.tabTitle'), text: () => i18n.t('overlay.tabText') },
  { mode: 'open', title: () => i18n.t('overlay.openTitle'), text: () => i18n.t('overlay.openText') },
  { mode: 'asked', title: () => i18n.t('overlay.askedTitle'), text: () => i18n.t('overlay.askedText') },
];

/** What the sidebar does by itself on the sites of companies, and where the user has hidden it. */
export function OverlayChoice() {
  const settings = useRequest('overlay.settings', {});
  const configure = useAction('overlay.configure');
  const fixed = usePolicy()?.overlay ?? null;
  /** What was just picked stands at once, not when the background has stored it. */
  const [picked, setPicked] = useState<OverlayMode | null>(null);
  const error = settings.error ?? configure.error;
  const chosen = fixed ?? picked ?? settings.data?.mode;
  const choose = (mode: OverlayMode) => {
    setPicked(mode);
    configure.mutate({ mode }, { onError: () => setPicked(null) });
  };
  return (
    <div className="mt-8 space-y-6">
      {error && <ErrorNotice error={error} onRetry={settings.error ? () => void settings.refetch() : undefined} />}
      <fieldset disabled={settings.data === undefined || fixed !== null}>
        <legend className="mb-2 font-medium">{i18n.t('overlay.question')}</legend>
        <div className={CHOICES_LOOK}>
          {MODES.map(({ mode, title, text }) => (
            <Choice
              key={mode}
              name="overlay-mode"
              value={mode}
              checked={chosen === mode}
              onChoose={() => choose(mode)}
              title={title()}
              description={text()}
            />
          ))}
        </div>
        {fixed !== null && <SetByOrganisation className="mt-2" />}
      </fieldset>
      {settings.data && settings.data.hidden.length > 0 && <HiddenSites sites={settings.data.hidden} />}
    </div>
  );
}

function HiddenSites({ sites }: { sites: HiddenSite[] }) {
  const show = useAction('overlay.showAt');
  return (
    <section aria-labelledby="overlay-hidden">
      <h2 id="overlay-hidden" className="mb-1 font-medium">
        {i18n.t('overlay.hiddenTitle')}
      </h2>
      <p className="mb-2 text-muted">{i18n.t('overlay.hiddenText')}</p>
      {show.error && <ErrorNotice error={show.error} className="mb-2" />}
      <ul className="divide-y divide-hairline">
        {sites.map(({ place, hidden }) => (
          <li key={place} className="flex items-center gap-2 py-1.5">
            <CrmText text={place} className="min-w-0 truncate font-medium" />
            {hidden === 'today' && <span className="text-sm text-faint">{i18n.t('overlay.untilTomorrow')}</span>}
            <IconButton
              className="ms-auto"
              icon={Eye}
              label={i18n.t('overlay.showAt', { place })}
              onClick={() => show.mutate({ place })}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
