import { i18n } from '#i18n';
import { useDebounced } from '../hooks/use-debounced';
import { useRequest } from '../hooks/use-request';
import { CrmText } from '../ui/CrmText';
import { ErrorNotice } from '../ui/ErrorNotice';
import { formatNumber } from '../ui/format';
import type { Scope } from './selection-draft';

const STILL_MS = 500;

interface Props {
  connectionId: string;
  crmLabel: string;
  /** What to ask about; null when it is not whole. */
  scope: Scope | null;
}

/** What the CRM says about `scope`, asked when it has stood still: each question costs a call. */
function useScopePreview(connectionId: string, scope: Scope | null) {
  const wanted = scope === null ? null : JSON.stringify(scope);
  const settled = useDebounced(wanted, STILL_MS);
  const still = scope !== null && settled === wanted;
  const preview = useRequest(
    'selection.preview',
    { connectionId, scope: scope ?? { owner: 'all', withWebsite: false, conditions: [] } },
    { enabled: still },
  );
  return still ? preview : null;
}

/** How many Accounts the rules select, before anything is saved. */
export function ScopePreview({ connectionId, crmLabel, scope }: Props) {
  const preview = useScopePreview(connectionId, scope);
  const answer = preview?.data;
  if (preview?.error) {
    return <ErrorNotice error={preview.error} urgent={false} onRetry={() => void preview.refetch()} />;
  }
  return (
    <p role="status" className="min-h-[1.1875rem] rounded-lg bg-subtle px-3 py-2 text-muted">
      {scope === null && i18n.t('selection.incomplete')}
      {scope !== null && !answer && i18n.t('selection.counting')}
      {answer && 'accounts' in answer && (
        <span className="font-medium text-ink">
          {i18n.t('selection.selects', answer.accounts, [formatNumber(answer.accounts)])}
        </span>
      )}
      {answer && 'invalid' in answer && (
        <span data-refused tabIndex={-1} className="text-danger">
          {i18n.t('selection.refused', [crmLabel])} <CrmText text={answer.invalid} />
        </span>
      )}
    </p>
  );
}
