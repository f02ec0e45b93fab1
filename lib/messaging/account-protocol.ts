/** The part of the protocol that is about one Account: everything that a view shows of it. Plain types only. */
import type { ActivityItem, FamilyItem } from '@/lib/crm/account-surroundings';
import type { ErrorCode } from '@/lib/shared/errors';
import type { MatchEvidence, Money } from './site-protocol';

export type { ActivityItem, FamilyItem };

export interface PersonItem {
  id: string;
  url: string;
  name: string;
  title: string | null;
  department: string | null;
  email: string | null;
  phone: string | null;
  mobile: string | null;
  /** The person asked not to be called, or not to be e-mailed: no shortcut may be offered. */
  doNotCall: boolean;
  emailOptOut: boolean;
  lastActivityOn: string | null;
  /** Whose contact this is in the CRM. */
  ownerName: string | null;
  fresh?: Fresh;
  /** It stands beside a site by itself and is of the built-in sample CRM. */
  sample?: true;
  /** Fields beyond the usual ones that the user has chosen to copy; absent when there are none. */
  extra?: ExtraValue[];
}

/** A field that the user has added to the copy, under its label in the CRM. */
export interface ExtraValue {
  label: string;
  value: string | number | boolean;
}

/** Set for a moment on what the CRM's live answer added to the copy, or changed in it. */
export type Fresh = 'new' | 'changed';

export interface LeadItem extends PersonItem {
  company: string | null;
  status: string | null;
}

export interface OpportunityItem {
  id: string;
  url: string;
  name: string;
  stage: string | null;
  amount: Money | null;
  closeOn: string | null;
  overdue: boolean;
  probability: number | null;
  /** Where the stage stands among all of the org's, counted from 1; null when the CRM does not say. */
  position: { at: number; of: number } | null;
  ownerName: string | null;
  fresh?: Fresh;
  /** Fields beyond the usual ones that the user has chosen to copy; absent when there are none. */
  extra?: ExtraValue[];
}

export interface TaskItem {
  id: string;
  url: string;
  subject: string | null;
  status: string | null;
  priority: string | null;
  dueOn: string | null;
  overdue: boolean;
  /** Whom or what it is about, by name, when that record is in the local copy. */
  about: string | null;
  ownerName: string | null;
  fresh?: Fresh;
  /** Fields beyond the usual ones that the user has chosen to copy; absent when there are none. */
  extra?: ExtraValue[];
}

/** Which state of the CRM a view shows: the copy of the last sync, or what the CRM said a moment ago. */
export interface Liveness {
  /** `stored`: not asked. `asking`: the CRM has been asked. `live`: it has answered. `failed`: it could not be asked. */
  state: 'stored' | 'asking' | 'live' | 'failed';
  /** When the CRM answered last, ISO. */
  at: string | null;
  /** Why it could not be asked. */
  code: ErrorCode | null;
  /** What the last answer changed: new and changed records, and records that are gone. */
  changed: number;
  gone: number;
}

/** Why an empty list says nothing about the CRM: not copied yet, or left out of the copy by choice. */
export type ListGap = 'coming' | 'unwanted';

export type ListGaps = Partial<Record<'contact' | 'opportunity' | 'task', ListGap>>;

/** One Account with all that a view shows of it. */
export interface AccountView {
  connectionId: string;
  crmLabel: string;
  /** It is of the built-in sample CRM; absent for a real one. */
  sample?: true;
  account: {
    id: string;
    url: string;
    name: string;
    website: string | null;
    industry: string | null;
    type: string | null;
    phone: string | null;
    location: string | null;
    ownerName: string | null;
    /** Fields beyond the usual ones that the user has chosen to copy. */
    extra: ExtraValue[];
    fresh?: Fresh;
  };
  evidence: MatchEvidence | null;
  contacts: PersonItem[];
  opportunities: OpportunityItem[];
  pipeline: Money[];
  tasks: TaskItem[];
  leads: LeadItem[];
  /** Which of the lists are empty only because the copy lacks them. */
  gaps: ListGaps;
  /** What has happened, newest first. */
  activity: ActivityItem[];
  /** The Accounts above and below; of the children the first few. */
  family: { parent: FamilyItem | null; children: FamilyItem[]; childCount: number };
  /** When the copy was last brought up to date, ISO; null before the first sync has ended. */
  syncedAt: string | null;
  stale: boolean;
  live: Liveness;
}
