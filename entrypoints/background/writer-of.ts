import type { CreatableObject, DescribedField, RecordWriter } from '@/lib/connectors/creation-contract';
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

const KINDS: Readonly<Record<string, CreatableObject>> = { Lead: 'lead', Contact: 'contact', Account: 'account' };

/** What a connection's records are described, looked up and changed through. */
export function writerOf({ connector }: Pick<LiveConnection, 'connector'>): RecordWriter {
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
    async create({ record: { object, values, basis } }, { allowDuplicate }) {
      if (object !== 'lead') return refused();
      const typed = typeof values.Description === 'string' ? `${values.Description}\n\n` : '';
      const words = basis ? { Description: `${typed}${basis.note}` } : {};
      const outcome = await connector.create('lead', { ...values, ...words }, { allowDuplicate });
      if (outcome.kind === 'created') return { ...outcome, taskIds: [], doubles: [] };
      if (outcome.kind === 'invalid') return outcome;
      const kindOf = (name: string) => KINDS[name] ?? null;
      return { ...outcome, matches: outcome.matches.map((match) => ({ ...match, kind: kindOf(match.object), values: {} })) };
    },
    findCreated: refused,
    remove: async () => false,
    update: refused,
    convertLead: refused,
  };
}
