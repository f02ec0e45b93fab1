import type { DescribedField, RecordWriter } from '@/lib/connectors/creation-contract';
import { AppError } from '@/lib/shared/errors';
import type { LiveConnection } from './connections';

const NAMES = {
  firstName: 'FirstName',
  lastName: 'LastName',
  title: 'Title',
  company: 'Company',
  website: 'Website',
  email: 'Email',
  phone: 'Phone',
  leadSource: 'LeadSource',
  status: 'Status',
};

/** What a connection's records are described, looked up and changed through. */
export function writerOf({
  connector,
}: Pick<LiveConnection, 'connector'>): Pick<RecordWriter, 'describe' | 'lookUp' | 'update' | 'convertLead'> {
  const refused = () => Promise.reject(new AppError('crm.forbidden'));
  return {
    async describe(object) {
      if (object !== 'lead') return refused();
      const { fields } = await connector.describe('lead');
      const rest = { help: null, digits: null, restricted: false, controller: null, references: [], updateable: true };
      const usual: readonly string[] = Object.values(NAMES);
      return {
        object,
        fields: fields.map(
          (field): DescribedField => ({
            ...field,
            ...rest,
            options: field.options.map((option) => ({ ...option, validFor: null })),
            short: usual.includes(field.name),
          }),
        ),
        recordTypes: [],
        modelNames: NAMES,
        deletable: false,
      };
    },
    lookUp: refused,
    update: refused,
    convertLead: refused,
  };
}
