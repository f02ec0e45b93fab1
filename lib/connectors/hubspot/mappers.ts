import type { AnyRecord, FieldsOf, FieldValue, ObjectKind } from '@/lib/crm/records';
import { rawRecord, type RawRecord } from './api-schemas';
import { type Described, labelOf } from './describe';
import { nameOf, type Owner } from './owners';

/** Rows of HubSpot's answers to records. Pure; a row that does not fit gives null and is counted by the caller. */
export interface Meanings {
  connectionId: string;
  described: Described | null;
  currency: string | null;
  extra: readonly string[];
}

type Read = (name: string) => string | null;

const day = (value: string | null) => value?.slice(0, 10) ?? null;
const number = (value: string | null) => (value === null || Number.isNaN(Number(value)) ? null : Number(value));
const share = (value: string | null) => (value === null ? null : Math.round(Number(value) * 100));

type Of<K extends ObjectKind> = (p: Read, label: Read, id: string, currency: string | null) => FieldsOf[K] | null;
const MAPPERS: { [K in Exclude<ObjectKind, 'user'>]: Of<K> } = {
  // A company that was found by its people's addresses has a domain alone.
  account(p, label) {
    const name = p('name') ?? p('domain');
    return name === null
      ? null
      : {
          name,
          website: p('domain') ?? p('website'),
          industry: label('industry'),
          type: label('type'),
          phone: p('phone'),
          city: p('city'),
          country: p('country'),
          ownerId: p('hubspot_owner_id'),
          parentId: p('hs_parent_company_id'),
          currency: null,
          lastActivityOn: day(p('notes_last_contacted')),
        };
  },
  contact: (p, _label, id) => ({
    accountId: p('associatedcompanyid'),
    name: [p('firstname'), p('lastname')].filter(Boolean).join(' ') || p('email') || id,
    title: p('jobtitle'),
    department: null,
    email: p('email'),
    phone: p('phone'),
    mobile: p('mobilephone'),
    ownerId: p('hubspot_owner_id'),
    doNotCall: false,
    emailOptOut: p('hs_email_optout') === 'true',
    lastActivityOn: day(p('notes_last_contacted')),
  }),
  lead: (p, label, id) => ({
    name: p('hs_lead_name') ?? p('hs_associated_company_name') ?? id,
    company: p('hs_associated_company_name'),
    title: null,
    email: p('hs_associated_contact_email'),
    phone: null,
    website: p('hs_associated_company_domain'),
    status: label('hs_pipeline_stage'),
    ownerId: p('hubspot_owner_id'),
    converted: false,
    doNotCall: false,
    emailOptOut: false,
  }),
  opportunity: (p, label, id, currency) => ({
    accountId: p('hs_primary_associated_company'),
    name: p('dealname') ?? id,
    stage: label('dealstage'),
    amount: number(p('amount')),
    currency: p('deal_currency_code') ?? currency,
    closeOn: day(p('closedate')),
    probability: share(p('hs_deal_stage_probability')),
    closed: p('hs_is_closed') === 'true',
    won: p('hs_is_closed_won') === 'true',
    ownerId: p('hubspot_owner_id'),
  }),
  task: (p, label) => ({
    accountId: p('@companies'),
    whoId: p('@contacts'),
    whatId: p('@deals') ?? p('@companies'),
    subject: p('hs_task_subject'),
    status: label('hs_task_status'),
    priority: p('hs_task_priority') === 'NONE' ? null : label('hs_task_priority'),
    dueOn: day(p('hs_timestamp')),
    closed: p('hs_task_status') === 'COMPLETED',
    ownerId: p('hubspot_owner_id'),
  }),
};

/** `2026-02-25T15:16:50Z` as `2026-02-25T15:16:50.000Z`; null when it is no time. */
function isoTime(stamp: string): string | null {
  const time = Date.parse(stamp);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

/** The record in a row, or null when the row is malformed. */
export function toRecord(object: Exclude<ObjectKind, 'user'>, row: unknown, meanings: Meanings): AnyRecord | null {
  const raw = rawRecord.safeParse(row).data;
  const modifiedAt = raw ? isoTime(raw.updatedAt) : null;
  if (!raw || !modifiedAt) return null;
  const { connectionId, described, currency } = meanings;
  const p: Read = (name) => raw.properties[name] || null;
  const label: Read = (name) => {
    const value = p(name);
    return value === null ? null : labelOf(described, name, value);
  };
  const fields = MAPPERS[object](p, label, raw.id, currency);
  return fields && ({ object, id: raw.id, connectionId, modifiedAt, fields, custom: customOf(raw, meanings) } as AnyRecord);
}

/** Added properties with their types. Further domains of a company stand among them, where they are looked for when a site is visited. */
function customOf({ properties }: RawRecord, { extra, described }: Meanings): Record<string, FieldValue> {
  const more = properties.hs_additional_domains;
  const own = extra.flatMap((name): [string, FieldValue][] => {
    const value = properties[name];
    if (value === null || value === undefined || value === '') return [];
    const type = described?.attributes.get(name);
    if (type === 'number') return [[name, number(value)]];
    return [[name, type === 'flag' ? value === 'true' : labelOf(described, name, value)]];
  });
  return Object.fromEntries([...(more ? [['additional_domains', more] as const] : []), ...own]);
}

export const ownerRecord = (connectionId: string, owner: Owner): AnyRecord | null => {
  const modifiedAt = isoTime(owner.updatedAt);
  return (
    (modifiedAt && {
      object: 'user',
      id: owner.id,
      connectionId,
      modifiedAt,
      fields: { name: nameOf(owner), active: owner.active },
      custom: {},
    }) ||
    null
  );
};
