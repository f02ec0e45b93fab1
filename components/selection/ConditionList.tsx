import { useId, useRef } from 'react';
import { Plus } from 'lucide-react';
import { i18n } from '#i18n';
import { useRequest } from '../hooks/use-request';
import { Button } from '../ui/Button';
import { ErrorNotice } from '../ui/ErrorNotice';
import { ConditionRow } from './ConditionRow';
import { MOST_CONDITIONS, withNewCondition, withScope, type Problem, type SelectionDraft } from './selection-draft';

interface Props {
  connectionId: string;
  draft: SelectionDraft;
  onChange: (draft: SelectionDraft) => void;
  problems: ReadonlyMap<number, Problem>;
}

/** Rules of the user's own for Accounts. The CRM is asked for its fields only when there is a rule to write. */
export function ConditionList({ connectionId, draft, onChange, problems }: Props) {
  const { conditions } = draft.scope;
  const fields = useRequest('selection.fields', { connectionId, object: 'account' }, { enabled: conditions.length > 0 });
  const filterable = fields.data?.filter((field) => field.filterable).sort((a, b) => a.label.localeCompare(b.label));
  const place = useRef<HTMLFieldSetElement>(null);
  const textId = useId();
  const focus = (selector: string) => requestAnimationFrame(() => place.current?.querySelector<HTMLElement>(selector)?.focus());
  const add = () => {
    const next = withNewCondition(draft);
    onChange(next);
    focus(`[data-condition="${next.scope.conditions.at(-1)?.id}"] select`);
  };
  const remove = (id: number) => {
    onChange(withScope(draft, { conditions: conditions.filter((condition) => condition.id !== id) }));
    focus('[data-add]');
  };
  return (
    <fieldset ref={place} className="min-w-0" aria-describedby={textId}>
      <legend className="text-sm font-medium text-muted">{i18n.t('selection.conditions')}</legend>
      <p id={textId} className="text-sm text-faint">
        {i18n.t('selection.conditionsText')}
      </p>
      {conditions.length > 0 && (
        <div className="mt-2 divide-y divide-hairline border-y border-hairline *:py-2">
          {fields.error && <ErrorNotice error={fields.error} onRetry={() => void fields.refetch()} />}
          {conditions.map((condition, index) => (
            <ConditionRow
              key={condition.id}
              condition={condition}
              number={index + 1}
              fields={filterable ?? (fields.error ? [] : null)}
              problem={problems.get(condition.id)}
              onChange={(changed) =>
                onChange(withScope(draft, { conditions: conditions.map((one) => (one.id === changed.id ? changed : one)) }))
              }
              onRemove={() => remove(condition.id)}
            />
          ))}
        </div>
      )}
      <div className="mt-2 flex items-center gap-2">
        <Button size="small" data-add disabled={conditions.length >= MOST_CONDITIONS} onClick={add}>
          <Plus aria-hidden="true" className="size-3.5" strokeWidth={1.75} />
          {i18n.t('selection.addCondition')}
        </Button>
        {conditions.length >= MOST_CONDITIONS && <p className="text-sm text-faint">{i18n.t('selection.mostConditions')}</p>}
      </div>
    </fieldset>
  );
}
