import { useId } from 'react';
import { i18n } from '#i18n';
import { Checkbox } from '../ui/Checkbox';
import { Choice, CHOICES_LOOK } from '../ui/Choice';
import { ConditionList } from './ConditionList';
import { ScopePreview } from './ScopePreview';
import { problemsOf, selectionOf, withScope, type Problem, type SelectionDraft } from './selection-draft';

interface Props {
  connectionId: string;
  crmLabel: string;
  draft: SelectionDraft;
  onChange: (draft: SelectionDraft) => void;
  /** What is shown as missing; a row that is still being written is not blamed. */
  problems: ReadonlyMap<number, Problem>;
  /** True when the rules differ from the saved ones: only then is there something to count. */
  changed: boolean;
}

/** Which Accounts are copied. What belongs to an Account follows it. */
export function ScopeEditor({ connectionId, crmLabel, draft, onChange, problems, changed }: Props) {
  const name = useId();
  const { owner, withWebsite } = draft.scope;
  const choice = (value: 'all' | 'mine', title: string, description: string) => (
    <Choice
      name={name}
      value={value}
      checked={owner === value}
      onChoose={() => onChange(withScope(draft, { owner: value }))}
      title={title}
      description={description}
    />
  );
  return (
    <section>
      <fieldset className="min-w-0">
        <legend className="font-medium">{i18n.t('selection.accounts')}</legend>
        <p className="mb-2 text-sm text-muted">{i18n.t('selection.follow')}</p>
        <div className={CHOICES_LOOK}>
          {choice('all', i18n.t('selection.all'), i18n.t('selection.allText'))}
          {choice('mine', i18n.t('selection.mine'), i18n.t('selection.mineText'))}
        </div>
      </fieldset>
      <Checkbox
        className="mt-3"
        checked={withWebsite}
        onChange={(wanted) => onChange(withScope(draft, { withWebsite: wanted }))}
        label={i18n.t('selection.withWebsite')}
        description={i18n.t('selection.withWebsiteText')}
      />
      <div className="mt-3">
        <ConditionList connectionId={connectionId} draft={draft} onChange={onChange} problems={problems} />
      </div>
      {changed && (
        <div className="mt-3">
          <ScopePreview
            connectionId={connectionId}
            crmLabel={crmLabel}
            scope={problemsOf(draft).size === 0 ? selectionOf(draft).scope : null}
          />
        </div>
      )}
    </section>
  );
}
