import { useState } from 'react';
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
  const { template = null, isRequired = false } = answers.data ?? {};
  const refetch = () => void answers.refetch();
  // The form begins anew with what was saved, and cannot say it itself.
  const [isSaved, setSaved] = useState(false);
  return (
    <div className="space-y-8 not-first:mt-10">
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
            isRequired={answers.error ? null : isRequired}
            isSaved={isSaved}
            onChanged={() => {
              setSaved(true);
              refetch();
            }}
          />
          {answers.data && <Required connectionId={connection.id} isRequired={isRequired} onChanged={refetch} />}
        </div>
      )}
      <SuppressionForm connectionId={connection.id} />
    </div>
  );
}

interface RequiredProps {
  connectionId: string;
  isRequired: boolean;
  onChanged: () => void;
}

/** Whether there is no legitimate interest without the company's answers. The tick is seen at once; it goes again when it could not be kept. */
function Required({ connectionId, isRequired, onChanged }: RequiredProps) {
  const change = useAction('basis.requireTemplate');
  const [wanted, setWanted] = useState(isRequired);
  const choose = (on: boolean) => {
    setWanted(on);
    change.mutate({ connectionId, on }, { onSuccess: onChanged, onError: () => setWanted(!on) });
  };
  return (
    <>
      <Checkbox
        className="mt-3"
        label={i18n.t('basis.template.required')}
        checked={wanted}
        disabled={change.isPending}
        onChange={choose}
      />
      {change.error && <ErrorNotice error={change.error} className="mt-2" />}
    </>
  );
}
