import type { ConnectionSummary } from '@/lib/messaging/protocol';
import { useRequest } from '../hooks/use-request';
import { CrmText } from '../ui/CrmText';
import { ErrorNotice } from '../ui/ErrorNotice';
import { SuppressionForm } from './SuppressionForm';
import { TemplateForm } from './TemplateForm';

/** What a company decides about people once, for each CRM that people can be put into. */
export function BasisSettings() {
  const list = useRequest('connections.list', {});
  if (list.error) return <ErrorNotice error={list.error} onRetry={() => void list.refetch()} className="mt-6" />;
  const writable = list.data?.filter(({ crm, state }) => crm !== 'sample' && state !== 'damaged') ?? [];
  return writable.map((connection) => <OfConnection key={connection.id} connection={connection} isOne={writable.length === 1} />);
}

function OfConnection({ connection, isOne }: { connection: ConnectionSummary; isOne: boolean }) {
  const template = useRequest('basis.template', { connectionId: connection.id });
  return (
    <div className="mt-8 space-y-8">
      {!isOne && (
        <h2 className="text-lg font-semibold">
          {connection.crmLabel}, <CrmText text={connection.orgName} />
        </h2>
      )}
      {template.error && <ErrorNotice error={template.error} onRetry={() => void template.refetch()} />}
      {(template.data !== undefined || template.error) && (
        <TemplateForm
          // Other answers begin another form; a file may hold others under the same version.
          key={JSON.stringify(template.data)}
          connectionId={connection.id}
          template={template.data ?? null}
          onChanged={() => void template.refetch()}
        />
      )}
      <SuppressionForm connectionId={connection.id} />
    </div>
  );
}
