/** What the sandbox's EspoCRM says of its entity types: the part of `entityDefs` that a client reads, as EspoCRM 9.2.7 has it. */

export interface FieldDefs {
  type: string;
  [param: string]: unknown;
}

export interface EntityDefs {
  fields: Record<string, FieldDefs>;
  links: Record<string, { type: string; entity?: string }>;
  collection?: { countDisabled?: boolean };
}

const user = { type: 'belongsTo', entity: 'User' };
const COMMON: Record<string, FieldDefs> = {
  description: { type: 'text' },
  createdAt: { type: 'datetime', readOnly: true },
  modifiedAt: { type: 'datetime', readOnly: true },
  createdBy: { type: 'link', readOnly: true },
  modifiedBy: { type: 'link', readOnly: true },
  teams: { type: 'linkMultiple' },
};
const LINKS = { createdBy: user, modifiedBy: user, assignedUser: user };
const INDUSTRIES = ['', 'Advertising', 'Agriculture', 'Banking', 'Manufacturing', 'Software'];
const SOURCES = ['', 'Call', 'Email', 'Partner', 'Web Site', 'Other'];
const PERSON: Record<string, FieldDefs> = {
  name: { type: 'personName' },
  salutationName: { type: 'enum', options: ['', 'Mr.', 'Ms.', 'Dr.'] },
  firstName: { type: 'varchar', maxLength: 100 },
  lastName: { type: 'varchar', maxLength: 100 },
  emailAddress: { type: 'email' },
  phoneNumber: { type: 'phone', typeList: ['Mobile', 'Office'], defaultType: 'Mobile' },
  doNotCall: { type: 'bool' },
};

/** A fresh copy: tests add fields and take them away. */
export function entityDefs(): Record<string, EntityDefs> {
  return structuredClone({
    User: {
      fields: {
        name: { type: 'personName' },
        userName: { type: 'varchar', maxLength: 50, required: true },
        type: { type: 'enum', options: ['regular', 'admin', 'portal', 'system', 'super-admin', 'api'] },
        isActive: { type: 'bool', default: true },
        createdAt: { type: 'datetime', readOnly: true },
        modifiedAt: { type: 'datetime', readOnly: true },
      },
      links: {},
    },
    Account: {
      fields: {
        ...COMMON,
        name: { type: 'varchar', required: true, maxLength: 249 },
        website: { type: 'url', strip: true },
        emailAddress: { type: 'email' },
        phoneNumber: { type: 'phone', typeList: ['Office', 'Mobile'], defaultType: 'Office' },
        type: { type: 'enum', options: ['', 'Customer', 'Investor', 'Partner', 'Reseller'], default: '' },
        industry: { type: 'enum', options: INDUSTRIES, default: '' },
        billingAddress: { type: 'address' },
        billingAddressCity: { type: 'varchar' },
        billingAddressCountry: { type: 'varchar' },
        assignedUser: { type: 'link' },
        cSegment: { type: 'enum', options: ['', 'Small', 'Large'], isCustom: true },
        cEmployees: { type: 'int', isCustom: true },
      },
      links: LINKS,
    },
    Contact: {
      fields: {
        ...COMMON,
        ...PERSON,
        title: { type: 'varchar', maxLength: 100, notStorable: true },
        account: { type: 'link' },
        accounts: { type: 'linkMultiple' },
        assignedUser: { type: 'link' },
      },
      links: { ...LINKS, account: { type: 'belongsTo', entity: 'Account' } },
    },
    Lead: {
      fields: {
        ...COMMON,
        ...PERSON,
        title: { type: 'varchar', maxLength: 100 },
        accountName: { type: 'varchar' },
        website: { type: 'url', strip: true },
        status: {
          type: 'enum',
          options: ['New', 'Assigned', 'In Process', 'Converted', 'Recycled', 'Dead'],
          default: 'New',
        },
        source: { type: 'enum', options: SOURCES },
        industry: { type: 'enum', optionsReference: 'Account.industry' },
        assignedUser: { type: 'link' },
      },
      links: LINKS,
    },
    Opportunity: {
      fields: {
        ...COMMON,
        name: { type: 'varchar', required: true },
        amount: { type: 'currency', required: true, min: 0 },
        amountCurrency: { type: 'varchar', notStorable: false, utility: true },
        account: { type: 'link' },
        stage: {
          type: 'enum',
          options: ['Prospecting', 'Qualification', 'Proposal', 'Negotiation', 'Closed Won', 'Closed Lost'],
          default: 'Prospecting',
          probabilityMap: {
            Prospecting: 10,
            Qualification: 20,
            Proposal: 50,
            Negotiation: 80,
            'Closed Won': 100,
            'Closed Lost': 0,
          },
        },
        probability: { type: 'int', min: 0, max: 100 },
        leadSource: { type: 'enum', optionsReference: 'Lead.source' },
        closeDate: { type: 'date', required: true },
        assignedUser: { type: 'link' },
      },
      links: { ...LINKS, account: { type: 'belongsTo', entity: 'Account' } },
    },
    Task: {
      fields: {
        ...COMMON,
        name: { type: 'varchar', required: true },
        status: {
          type: 'enum',
          options: ['Not Started', 'Started', 'Completed', 'Canceled', 'Deferred'],
          default: 'Not Started',
        },
        priority: { type: 'enum', options: ['Low', 'Normal', 'High', 'Urgent'], default: 'Normal' },
        dateStart: { type: 'datetimeOptional' },
        dateEnd: { type: 'datetimeOptional' },
        dateEndDate: { type: 'date', utility: true },
        parent: { type: 'linkParent', entityList: ['Account', 'Contact', 'Lead', 'Opportunity', 'Case'] },
        account: { type: 'link', readOnly: true },
        contact: { type: 'link', readOnly: true },
        assignedUser: { type: 'link', required: true },
      },
      links: {
        ...LINKS,
        account: { type: 'belongsTo', entity: 'Account' },
        contact: { type: 'belongsTo', entity: 'Contact' },
        parent: { type: 'belongsToParent' },
      },
    },
  });
}

/** The attributes of an entity type: a list that names another one in a condition is refused. */
export function attributesOf({ fields }: EntityDefs): Set<string> {
  const names = Object.entries(fields).flatMap(([name, { type }]) => {
    if (type === 'link') return [`${name}Id`, `${name}Name`];
    if (type === 'linkParent') return [`${name}Id`, `${name}Type`, `${name}Name`];
    if (type === 'email') return [name, `${name}IsOptedOut`, `${name}IsInvalid`];
    if (type === 'currency') return [name, `${name}Currency`];
    if (type === 'datetimeOptional') return [name, `${name}Date`];
    return type === 'address' || type === 'linkMultiple' ? [] : [name];
  });
  return new Set(['id', 'deleted', 'versionNumber', ...names]);
}

const LABELS: Record<string, string> = {
  accountName: 'Account Name',
  assignedUser: 'Assigned User',
  closeDate: 'Close Date',
  dateEnd: 'Date Due',
  emailAddress: 'Email',
  firstName: 'First Name',
  lastName: 'Last Name',
  phoneNumber: 'Phone',
};

/** `GET I18n`: what fields are called. */
export const language = () => ({
  Global: { fields: { ...LABELS, name: 'Name', description: 'Description' }, options: {} },
  Account: {
    fields: { website: 'Website', type: 'Type', industry: 'Industry', cSegment: 'Segment', cEmployees: 'Employees' },
    options: { type: { Customer: 'Customer' } },
    tooltips: { cSegment: 'Ask sales if in doubt.' },
  },
  Lead: { fields: { status: 'Status', source: 'Source', website: 'Website' }, options: {} },
  Opportunity: { fields: { amount: 'Amount', stage: 'Stage', account: 'Account' }, options: {} },
  Contact: { fields: { account: 'Account' }, options: {} },
  Task: { fields: { parent: 'Parent', priority: 'Priority', status: 'Status' }, options: {} },
});
