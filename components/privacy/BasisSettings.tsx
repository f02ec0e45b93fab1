import { i18n } from '#i18n';
import type { ConnectionSummary } from '@/lib/messaging/protocol';
import { useAction } from '../hooks/use-action';
import { useRequest } from '../hooks/use-request';
import { Checkbox } from '../ui/Checkbox';
import { CrmText } from '../ui/CrmText';
import { ErrorNotice } from '../ui/ErrorNotice';
import { SuppressionForm } from './SuppressionForm';
import { TemplateForm } from './TemplateForm';

/** What a company decides about people once, for each CRM that people can be put into. */
export function BasisSettings() {
  const list = useRequest('connections.list', {});
  if (list.error) return <ErrorNotice error={list.error} onRetry={() => void list.refetch()} className="mt-6" />;
  const writable = list.data?.filter(({ state }) => state !== 'damaged') ?? [];
  // What was tried out in the sample is nobody's decision, as soon as there is a CRM.
  const own = writable.filter(({ crm }) => crm !== 'sample');
  const shown = own.length > 0 ? own : writable;
  return shown.map((connection) => <OfConnection key={connection.id} connection={connection} isOne={shown.length === 1} />);
}

function OfConnection({ connection, isOne }: { connection: ConnectionSummary; isOne: boolean }) {
  const answers = useRequest('basis.template', { connectionId: connection.id });
  const require = useAction('basis.requireTemplate');
  const { template = null, isRequired = false } = answers.data ?? {};
  const refetch = () => void answers.refetch();
  return (
    <div className="mt-8 space-y-8">
      {!isOne && (
        <h2 className="text-lg font-semibold">
          {connection.crmLabel}, <CrmText text={connection.orgName} />
        </h2>
      )}
      {answers.error && <ErrorNotice error={answers.error} onRetry={refetch} />}
      {(answers.data !== undefined || answers.error) && (
        <div>
          <TemplateForm
            // Other answers begin another form; a file may hold others under the same version.
            key={template ? `${template.version} ${template.hash}` : 'none'}
            connectionId={connection.id}
            template={template}
            isRequired={isRequired}
            onChanged={refetch}
          />
          {answers.data && (
            <Checkbox
              className="mt-3"
              label={i18n.t('basis.template.required')}
              checked={isRequired}
              disabled={require.isPending}
              onChange={(on) => require.mutate({ connectionId: connection.id, on }, { onSuccess: refetch })}
            />
          )}
          {require.error && <ErrorNotice error={require.error} className="mt-2" />}
        </div>
      )}
      <SuppressionForm connectionId={connection.id} />
    </div>
  );
}
