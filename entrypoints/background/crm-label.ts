import { i18n } from '#i18n';
import { registered } from '@/lib/connectors/registry';
import type { CrmKind } from '@/lib/crm/crm-kind';

/** What views call a connection's CRM. */
export const crmLabel = (crm: CrmKind): string => (crm === 'sample' ? i18n.t('sample.label') : registered(crm).label);

/** The mark of what comes from the sample; nothing for a real CRM. */
export const sampleMark = (crm: CrmKind): { sample?: true } => (crm === 'sample' ? { sample: true } : {});
