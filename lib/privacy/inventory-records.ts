import type { FieldsOf, ObjectKind } from '@/lib/crm/records';
import type { Use } from '@/lib/shared/data-inventory';

const about =
  (who: Use['about']) =>
  (purpose: Use['purpose']): Use => ({ purpose, about: who, source: 'crm' });
const person = about('person');
const company = about('company');
const colleague = about('colleague');

/** What each field of the copied records is for. A field of the domain model that is missing here does not compile. */
export const RECORD_USES: { [K in ObjectKind]: { [F in keyof FieldsOf[K]]: Use } } = {
  user: { name: colleague('show'), active: colleague('show') },
  account: {
    name: company('match'),
    website: company('match'),
    industry: company('show'),
    type: company('rank'),
    phone: company('reach'),
    city: company('show'),
    country: company('show'),
    ownerId: colleague('rank'),
    parentId: company('match'),
    currency: company('show'),
    lastActivityOn: company('rank'),
  },
  contact: {
    accountId: person('show'),
    name: person('show'),
    title: person('show'),
    department: person('show'),
    email: person('match'),
    phone: person('reach'),
    mobile: person('reach'),
    ownerId: colleague('show'),
    doNotCall: person('respect'),
    emailOptOut: person('respect'),
    lastActivityOn: person('rank'),
  },
  lead: {
    name: person('show'),
    company: person('match'),
    title: person('show'),
    email: person('match'),
    phone: person('reach'),
    website: person('match'),
    status: person('show'),
    ownerId: colleague('show'),
    converted: person('show'),
    doNotCall: person('respect'),
    emailOptOut: person('respect'),
  },
  opportunity: {
    accountId: company('show'),
    name: company('show'),
    stage: company('show'),
    amount: company('show'),
    currency: company('show'),
    closeOn: company('show'),
    probability: company('show'),
    closed: company('rank'),
    won: company('rank'),
    ownerId: colleague('show'),
  },
  task: {
    accountId: company('show'),
    whoId: person('show'),
    whatId: company('show'),
    subject: person('show'),
    status: company('show'),
    priority: company('show'),
    dueOn: company('rank'),
    closed: company('show'),
    ownerId: colleague('show'),
  },
};
