/** The picklist values a new Salesforce org comes with. */
import type { PicklistEntry } from './field.ts';

const withDefault = (values: readonly string[], chosen: string): PicklistEntry[] =>
  values.map((value) => ({ active: true, defaultValue: value === chosen, label: value, validFor: null, value }));

export const ACCOUNT_TYPES = [
  'Prospect',
  'Customer - Direct',
  'Customer - Channel',
  'Channel Partner / Reseller',
  'Installation Partner',
  'Technology Partner',
  'Other',
];

export const INDUSTRIES = [
  'Agriculture',
  'Apparel',
  'Banking',
  'Biotechnology',
  'Chemicals',
  'Communications',
  'Construction',
  'Consulting',
  'Education',
  'Electronics',
  'Energy',
  'Engineering',
  'Entertainment',
  'Environmental',
  'Finance',
  'Food & Beverage',
  'Government',
  'Healthcare',
  'Hospitality',
  'Insurance',
  'Machinery',
  'Manufacturing',
  'Media',
  'Not For Profit',
  'Recreation',
  'Retail',
  'Shipping',
  'Technology',
  'Telecommunications',
  'Transportation',
  'Utilities',
  'Other',
];

export const OWNERSHIPS = ['Public', 'Private', 'Subsidiary', 'Other'];
export const RATINGS = ['Hot', 'Warm', 'Cold'];
export const SOURCES = ['Web', 'Phone Inquiry', 'Partner Referral', 'Purchased List', 'Other'];
export const SALUTATIONS = ['Mr.', 'Ms.', 'Mrs.', 'Dr.', 'Prof.', 'Mx.'];
export const CLEAN_STATUSES = [
  'Matched',
  'Different',
  'Acknowledged',
  'NotFound',
  'Inactive',
  'Pending',
  'SelectMatch',
  'Skipped',
];

export const LEAD_STATUSES = withDefault(
  ['Open - Not Contacted', 'Working - Contacted', 'Closed - Converted', 'Closed - Not Converted'],
  'Open - Not Contacted',
);

/** Opportunity stages with what the CRM derives from them. */
export const STAGES = [
  { name: 'Prospecting', probability: 10, closed: false, won: false, forecast: 'Pipeline' },
  { name: 'Qualification', probability: 10, closed: false, won: false, forecast: 'Pipeline' },
  { name: 'Needs Analysis', probability: 20, closed: false, won: false, forecast: 'Pipeline' },
  { name: 'Value Proposition', probability: 50, closed: false, won: false, forecast: 'Pipeline' },
  { name: 'Id. Decision Makers', probability: 60, closed: false, won: false, forecast: 'Pipeline' },
  { name: 'Perception Analysis', probability: 70, closed: false, won: false, forecast: 'Pipeline' },
  { name: 'Proposal/Price Quote', probability: 75, closed: false, won: false, forecast: 'Pipeline' },
  { name: 'Negotiation/Review', probability: 90, closed: false, won: false, forecast: 'Pipeline' },
  { name: 'Closed Won', probability: 100, closed: true, won: true, forecast: 'Closed' },
  { name: 'Closed Lost', probability: 0, closed: true, won: false, forecast: 'Omitted' },
] as const;

export const FORECAST_CATEGORIES = ['Omitted', 'Pipeline', 'BestCase', 'Forecast', 'Closed'];
export const OPPORTUNITY_TYPES = [
  'Existing Customer - Upgrade',
  'Existing Customer - Replacement',
  'Existing Customer - Downgrade',
  'New Customer',
];

export const TASK_STATUSES = withDefault(
  ['Not Started', 'In Progress', 'Completed', 'Waiting on someone else', 'Deferred'],
  'Not Started',
);
export const TASK_PRIORITIES = withDefault(['High', 'Normal', 'Low'], 'Normal');
export const TASK_SUBJECTS = ['Call', 'Send Letter', 'Send Quote', 'Other'];
export const TASK_SUBTYPES = ['Task', 'Email', 'ListEmail', 'Cadence', 'Call', 'LinkedIn'];

/** Currencies of the org and how many of them one unit of the corporate currency (EUR) buys; made up, of the right size. */
export const CURRENCIES: readonly (readonly [iso: string, name: string, rate: number, decimals: number])[] = [
  ['EUR', 'Euro', 1, 2],
  ['USD', 'U.S. Dollar', 1.1, 2],
  ['GBP', 'British Pound', 0.85, 2],
  ['CHF', 'Swiss Franc', 0.95, 2],
  ['JPY', 'Japanese Yen', 160, 0],
  ['SEK', 'Swedish Krona', 11.2, 2],
  ['NOK', 'Norwegian Krone', 11.6, 2],
  ['DKK', 'Danish Krone', 7.46, 2],
  ['PLN', 'Polish Zloty', 4.3, 2],
  ['CAD', 'Canadian Dollar', 1.5, 2],
  ['AUD', 'Australian Dollar', 1.65, 2],
  ['INR', 'Indian Rupee', 92, 2],
  ['BRL', 'Brazilian Real', 6, 2],
];

export const CURRENCY_VALUES = withDefault(
  CURRENCIES.map(([iso]) => iso),
  'EUR',
).map((entry) => {
  const name = CURRENCIES.find(([iso]) => iso === entry.value)?.[1];
  return { ...entry, label: `${entry.value} - ${name}` };
});
