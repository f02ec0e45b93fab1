/** What the sandbox's HubSpot account describes of its objects: the part that a client reads, in the shape of recorded answers. */

export interface PropertyDef {
  name: string;
  label: string;
  type: 'string' | 'enumeration' | 'number' | 'bool' | 'date' | 'datetime' | 'phone_number';
  fieldType: string;
  options: { value: string; label: string }[];
  calculated: boolean;
  hidden: boolean;
  readOnly: boolean;
  description: string;
}

type Extra = Partial<Omit<PropertyDef, 'options'>> & { options?: Record<string, string> };

const FIELD_TYPE: Record<PropertyDef['type'], string> = {
  string: 'text',
  enumeration: 'select',
  number: 'number',
  bool: 'booleancheckbox',
  date: 'date',
  datetime: 'date',
  phone_number: 'phonenumber',
};

function def(name: string, label: string, type: PropertyDef['type'] = 'string', extra: Extra = {}): PropertyDef {
  const { options = {}, ...rest } = extra;
  return {
    name,
    label,
    type,
    fieldType: FIELD_TYPE[type],
    options: Object.entries(options).map(([value, words]) => ({ value, label: words })),
    calculated: false,
    hidden: false,
    readOnly: false,
    description: '',
    ...rest,
  };
}

const READ_ONLY = { readOnly: true } as const;
const common = (stamp: string): PropertyDef[] => [
  def('hs_object_id', 'Record ID', 'number', READ_ONLY),
  def('createdate', 'Create Date', 'datetime', READ_ONLY),
  def(stamp, 'Last Modified Date', 'datetime', READ_ONLY),
  def('hs_merged_object_ids', 'Merged record IDs', 'enumeration', { ...READ_ONLY, hidden: true }),
  def('hubspot_owner_id', 'Owner', 'enumeration'),
];

const LEGAL_BASES = [
  'Legitimate interest – prospect/lead',
  'Legitimate interest – existing customer',
  'Legitimate interest - other',
  'Performance of a contract',
  'Freely given consent from contact',
  'Not applicable',
];
const itself = (values: readonly string[]) => Object.fromEntries(values.map((value) => [value, value]));

/** A fresh copy: tests add properties and take them away. */
export function propertyDefs(): Record<string, PropertyDef[]> {
  return {
    companies: [
      ...common('hs_lastmodifieddate'),
      def('name', 'Company name'),
      def('domain', 'Company Domain Name'),
      def('hs_additional_domains', 'Additional Domains', 'enumeration', { fieldType: 'checkbox' }),
      def('website', 'Website URL'),
      def('phone', 'Phone Number'),
      def('city', 'City'),
      def('country', 'Country/Region'),
      def('description', 'Description', 'string', { fieldType: 'textarea' }),
      def('industry', 'Industry', 'enumeration', {
        options: { COMPUTER_SOFTWARE: 'Computer Software', BANKING: 'Banking', MACHINERY: 'Machinery' },
      }),
      def('type', 'Type', 'enumeration', { options: { PROSPECT: 'Prospect', PARTNER: 'Partner', VENDOR: 'Vendor' } }),
      def('hs_parent_company_id', 'Parent Company', 'number', READ_ONLY),
      def('notes_last_contacted', 'Last Contacted', 'datetime', READ_ONLY),
      def('segment', 'Segment', 'enumeration', {
        options: { s: 'Small', l: 'Large' },
        description: 'Ask sales if in doubt.',
      }),
      def('numberofemployees', 'Number of Employees', 'number'),
    ],
    contacts: [
      ...common('lastmodifieddate'),
      def('email', 'Email'),
      def('firstname', 'First Name'),
      def('lastname', 'Last Name'),
      def('jobtitle', 'Job Title'),
      def('phone', 'Phone Number'),
      def('mobilephone', 'Mobile Phone Number'),
      def('associatedcompanyid', 'Primary Associated Company ID', 'number', READ_ONLY),
      def('hs_email_optout', 'Unsubscribed from all email', 'bool', READ_ONLY),
      def('notes_last_contacted', 'Last Contacted', 'datetime', READ_ONLY),
      def('hs_legal_basis', 'Legal basis for processing contact’s data', 'enumeration', {
        fieldType: 'checkbox',
        options: itself(LEGAL_BASES),
      }),
    ],
    leads: [
      ...common('hs_lastmodifieddate'),
      def('hs_lead_name', 'Lead name'),
      def('hs_lead_label', 'Lead label', 'enumeration', { options: { HOT: 'Hot', WARM: 'Warm', COLD: 'Cold' } }),
      def('hs_pipeline', 'Pipeline', 'enumeration'),
      def('hs_pipeline_stage', 'Lead stage', 'enumeration'),
      def('hs_associated_company_name', 'Associated company name', 'string', READ_ONLY),
      def('hs_associated_company_domain', 'Associated company domain', 'string', READ_ONLY),
      def('hs_associated_contact_email', 'Associated contact email', 'string', READ_ONLY),
    ],
    deals: [
      ...common('hs_lastmodifieddate'),
      def('dealname', 'Deal Name'),
      def('amount', 'Amount', 'number'),
      def('closedate', 'Close Date', 'datetime'),
      def('dealstage', 'Deal Stage', 'enumeration', { fieldType: 'radio' }),
      def('pipeline', 'Pipeline', 'enumeration'),
      def('deal_currency_code', 'Currency', 'enumeration', { options: { EUR: 'EUR', USD: 'USD' } }),
      def('hs_primary_associated_company', 'Primary Associated Company', 'number', READ_ONLY),
      def('hs_is_closed', 'Is Deal Closed?', 'bool', { ...READ_ONLY, calculated: true }),
      def('hs_is_closed_won', 'Is Closed Won', 'bool', { ...READ_ONLY, calculated: true }),
      def('hs_deal_stage_probability', 'Deal probability', 'number', { ...READ_ONLY, calculated: true }),
      def('description', 'Deal Description', 'string', { fieldType: 'textarea' }),
    ],
    tasks: [
      ...common('hs_lastmodifieddate'),
      def('hs_task_subject', 'Task Title'),
      def('hs_task_body', 'Notes', 'string', { fieldType: 'html' }),
      def('hs_task_status', 'Task Status', 'enumeration', {
        options: { NOT_STARTED: 'Not started', IN_PROGRESS: 'In progress', WAITING: 'Waiting', COMPLETED: 'Completed' },
      }),
      def('hs_task_priority', 'Priority', 'enumeration', {
        options: { NONE: 'None', LOW: 'Low', MEDIUM: 'Medium', HIGH: 'High' },
      }),
      def('hs_task_type', 'Task Type', 'enumeration', { options: { TODO: 'To-do', CALL: 'Call', EMAIL: 'Email' } }),
      def('hs_timestamp', 'Due date', 'datetime'),
    ],
    notes: [...common('hs_lastmodifieddate'), def('hs_note_body', 'Note'), def('hs_timestamp', 'Activity date', 'datetime')],
  };
}

export interface Stage {
  id: string;
  label: string;
  isClosed: boolean;
  probability: number;
}
export interface Pipeline {
  id: string;
  label: string;
  stages: Stage[];
}
const stage = (id: string, label: string, probability: number): Stage => ({
  id,
  label,
  probability,
  isClosed: probability === 0 || probability === 1,
});

export const pipelines = (): Record<string, Pipeline[]> => ({
  deals: [
    {
      id: 'default',
      label: 'Sales Pipeline',
      stages: [
        stage('appointmentscheduled', 'Appointment Scheduled', 0.2),
        stage('qualifiedtobuy', 'Qualified To Buy', 0.4),
        stage('contractsent', 'Contract Sent', 0.9),
        stage('closedwon', 'Closed Won', 1),
        stage('closedlost', 'Closed Lost', 0),
      ],
    },
    {
      id: '75443212',
      label: 'Renewals',
      stages: [stage('75443213', 'Up for renewal', 0.5), stage('75443214', 'Closed Won', 1), stage('75443215', 'Closed Lost', 0)],
    },
  ],
  leads: [
    {
      id: 'lead-pipeline-id',
      label: 'Lead pipeline',
      stages: [stage('new-stage-id', 'New', 0.1), stage('qualified-stage-id', 'Qualified', 0.9)],
    },
  ],
});
