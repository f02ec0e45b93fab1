import { createFieldMap } from '../field-map';

/**
 * HubSpot's properties of the domain model. Names with an `@` are links to other records, by HubSpot's name of their object: no
 * search brings them, they are asked for afterwards.
 */
export const FIELDS = createFieldMap({
  user: { name: ['name'], active: ['active'] },
  account: {
    name: ['name'],
    website: ['domain', 'website', 'hs_additional_domains'],
    industry: ['industry'],
    type: ['type'],
    phone: ['phone'],
    city: ['city'],
    country: ['country'],
    ownerId: ['hubspot_owner_id'],
    parentId: ['hs_parent_company_id'],
    lastActivityOn: ['notes_last_contacted'],
  },
  contact: {
    accountId: ['associatedcompanyid'],
    name: ['firstname', 'lastname'],
    title: ['jobtitle'],
    email: ['email'],
    phone: ['phone'],
    mobile: ['mobilephone'],
    ownerId: ['hubspot_owner_id'],
    emailOptOut: ['hs_email_optout'],
    lastActivityOn: ['notes_last_contacted'],
  },
  lead: {
    name: ['hs_lead_name'],
    company: ['hs_associated_company_name'],
    email: ['hs_associated_contact_email'],
    website: ['hs_associated_company_domain'],
    status: ['hs_pipeline_stage'],
    ownerId: ['hubspot_owner_id'],
  },
  opportunity: {
    accountId: ['hs_primary_associated_company'],
    name: ['dealname'],
    stage: ['dealstage'],
    amount: ['amount'],
    currency: ['deal_currency_code'],
    closeOn: ['closedate'],
    probability: ['hs_deal_stage_probability'],
    closed: ['hs_is_closed'],
    won: ['hs_is_closed_won'],
    ownerId: ['hubspot_owner_id'],
  },
  task: {
    accountId: ['@companies'],
    whoId: ['@contacts'],
    whatId: ['@deals', '@companies'],
    subject: ['hs_task_subject'],
    status: ['hs_task_status'],
    priority: ['hs_task_priority'],
    dueOn: ['hs_timestamp'],
    closed: ['hs_task_status'],
    ownerId: ['hubspot_owner_id'],
  },
});
