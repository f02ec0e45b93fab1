import { useState } from 'react';
import { Trash2 } from 'lucide-react';
import { i18n } from '#i18n';
import type { DecisionItem, SitePreset } from '@/lib/messaging/site-protocol';
import { SITE_PRESETS } from '@/lib/messaging/site-protocol';
import { ResetDecisions } from '../connections/LostChoice';
import { useAction } from '../hooks/use-action';
import { useRequest } from '../hooks/use-request';
import { SetByOrganisation } from '../policy/SetByOrganisation';
import { usePolicy } from '../policy/use-policy';
import { Button } from '../ui/Button';
import { CappedList } from '../ui/CappedList';
import { Checkbox } from '../ui/Checkbox';
import { CrmText } from '../ui/CrmText';
import { ErrorNotice } from '../ui/ErrorNotice';
import { IconButton } from '../ui/IconButton';
import { saveFile } from '../ui/save-file';
import { Notice } from '../ui/Notice';
import { sentenceFor } from '../ui/sentence';
import { Phrase, slots } from '../ui/Phrase';
import { presetName } from './preset-names';

/** What the user has decided about sites, to be looked at, taken back and taken along. */
export function DecisionList() {
  const list = useRequest('decisions.list', {});
  const never = useAction('decisions.never');
  const back = useAction('site.takeBack');
  /** What was just picked stands at once, not when the background has stored it. */
  const [picked, setPicked] = useState<SitePreset[] | null>(null);
  const policy = usePolicy();
  const error = list.error ?? never.error ?? back.error;
  if (list.error?.code === 'decisions.damaged') return <LostDecisions />;
  if (!list.data) return error && <ErrorNotice error={error} onRetry={() => void list.refetch()} className="mt-6" />;
  const { decisions } = list.data;
  const chosen = picked ?? list.data.never;
  const set = (preset: SitePreset, on: boolean) => {
    const next = SITE_PRESETS.filter((one) => (one === preset ? on : chosen.includes(one)));
    setPicked(next);
    never.mutate({ never: next }, { onError: () => setPicked(null) });
  };
  // An ignored site stands once, however many connections there are.
  const shown = [...new Map(decisions.map((one) => [`${one.kind} ${one.place} ${one.accountId}`, one])).values()];
  return (
    <div className="mt-8 space-y-6">
      {error && <ErrorNotice error={error} />}
      <fieldset>
        <legend className="mb-1 font-medium">{i18n.t('decisions.neverTitle')}</legend>
        <p className="mb-2 text-muted">{i18n.t('decisions.neverText')}</p>
        {SITE_PRESETS.map((preset) => (
          <Checkbox
            key={preset}
            label={presetName(preset)}
            remark={policy?.neverKinds.includes(preset) && i18n.t('policy.set')}
            disabled={policy?.neverKinds.includes(preset) ?? false}
            checked={chosen.includes(preset) || (policy?.neverKinds.includes(preset) ?? false)}
            onChange={(checked) => set(preset, checked)}
          />
        ))}
      </fieldset>
      {policy && policy.neverSites.length > 0 && <NeverSites sites={policy.neverSites} />}
      <section aria-labelledby="decisions">
        <div className="mb-1 flex items-center gap-2">
          <h2 id="decisions" className="flex-1 font-medium">
            {i18n.t('decisions.title')}
          </h2>
          {shown.length > 0 && (
            <Button
              look="quiet"
              size="small"
              onClick={() =>
                saveFile(
                  'sidelight-site-decisions.json',
                  'application/json',
                  JSON.stringify({ decisions: shown, never: chosen }, null, 2),
                )
              }
            >
              {i18n.t('decisions.export')}
            </Button>
          )}
        </div>
        <p className="mb-2 text-muted">{i18n.t('decisions.text')}</p>
        {shown.length === 0 && <p className="text-faint">{i18n.t('decisions.none')}</p>}
        <ul className="divide-y divide-hairline">
          {shown.map((one) => (
            <li key={`${one.kind} ${one.place} ${one.accountId}`} className="flex items-center gap-2 py-1.5">
              <span className="min-w-0 flex-1 truncate">
                <DecisionWords decision={one} />
              </span>
              <IconButton
                icon={Trash2}
                label={i18n.t('decisions.takeBack', { place: one.place })}
                onClick={() => back.mutate({ kind: one.kind, place: one.place, accountId: one.accountId })}
              />
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

/** The organisation's own list. */
function NeverSites({ sites }: { sites: readonly string[] }) {
  return (
    <section aria-labelledby="never-sites">
      <h2 id="never-sites" className="mb-1 font-medium">
        {i18n.t('policy.neverSites')}
      </h2>
      <CappedList
        label={i18n.t('policy.neverSites')}
        items={sites}
        limit={12}
        keyOf={(site) => site}
        render={(site) => <CrmText text={site} />}
      />
      <SetByOrganisation className="mt-1" />
    </section>
  );
}

function LostDecisions() {
  return (
    <Notice tone="warn" className="mt-6" actions={<ResetDecisions />}>
      <p>{sentenceFor('decisions.damaged')}</p>
    </Notice>
  );
}

function DecisionWords({ decision: { kind, place, accountName } }: { decision: DecisionItem }) {
  const parts = {
    place: <CrmText text={place} className="font-medium" />,
    name: <CrmText text={accountName ?? i18n.t('decisions.gone')} />,
  };
  if (kind === 'ignore') return <Phrase text={i18n.t('decisions.isIgnored', slots('place'))} parts={parts} />;
  const text =
    kind === 'link'
      ? i18n.t('decisions.isLinked', slots('place', 'name'))
      : i18n.t('decisions.isRefused', slots('place', 'name'));
  return <Phrase text={text} parts={parts} />;
}
