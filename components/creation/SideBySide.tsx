import { i18n } from '#i18n';
import type { DuplicateView } from '@/lib/messaging/outbox-protocol';
import { CrmText } from '../ui/CrmText';

/** What was typed beside what the CRM holds, field by field; what differs stands out. */
export function SideBySide({ fields }: Pick<DuplicateView, 'fields'>) {
  return (
    <table className="mt-1 w-full table-fixed text-start text-sm">
      <thead className="sr-only">
        <tr>
          <th>{i18n.t('form.duplicate.field')}</th>
          <th>{i18n.t('form.duplicate.typed')}</th>
          <th>{i18n.t('form.duplicate.held')}</th>
        </tr>
      </thead>
      <tbody>
        {fields.map(({ label, typed, held }) => (
          <tr key={`${label} ${typed} ${held}`}>
            <th scope="row" className="w-1/5 pe-2 text-start align-top font-normal text-faint">
              <CrmText text={label} />
            </th>
            <td className="pe-2 align-top text-muted">{typed !== null && <CrmText text={typed} />}</td>
            <td className={typed === held ? 'align-top text-muted' : 'align-top font-medium'}>
              {held !== null && <CrmText text={held} />}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
