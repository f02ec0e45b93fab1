import type { Row } from '../org/table.ts';
import { DAY, toWireDate, toWireDateTime } from '../org/wire-time.ts';
import type { Values } from '../org/records.ts';
import { share } from './seed-context.ts';
import type { SeedContext, SeededAccount } from './seed-context.ts';

interface Subjects {
  accounts: readonly SeededAccount[];
  contacts: Map<string, Row[]>;
  leads: readonly Row[];
  opportunities: readonly Row[];
}

const SUBJECTS = [
  'Call',
  'Send Quote',
  'Send Letter',
  'Prepare demo',
  'Follow up on proposal',
  'Check renewal date',
  'Invite to webinar',
] as const;
const STATUSES = [
  ['Not Started', 35],
  ['In Progress', 12],
  ['Completed', 45],
  ['Waiting on someone else', 5],
  ['Deferred', 3],
] as const;
const PRIORITIES = [
  ['High', 2],
  ['Normal', 7],
  ['Low', 1],
] as const;

export function seedTasks(context: SeedContext, subjects: Subjects): void {
  const { org, random, options, users, stamp } = context;
  const today = org.clock.now();
  for (let n = subjects.accounts.length === 0 ? 0 : share(options.tasks, subjects.accounts.length, 1.04); n > 0; n--) {
    const status = random.weighted(STATUSES);
    const done = status === 'Completed';
    const days = done ? -random.between(1, 400) : random.between(-15, 60);
    org.insert('Task', {
      Subject: random.pick(SUBJECTS),
      Status: status,
      Priority: random.weighted(PRIORITIES),
      ActivityDate: random.chance(0.93) ? toWireDate(today + days * DAY) : null,
      TaskSubtype: 'Task',
      OwnerId: random.pick(users) ?? org.userId,
      CreatedDate: ofThisYear(stamp(), today),
      ...aboutWhat(context, subjects),
    });
  }
}

/** As it is stamped, but so that what is left out for its age is a choice of the test: nothing is older than 250 days. */
const ofThisYear = (stamp: string, today: number) => toWireDateTime(today - (today - Date.parse(stamp)) / 2);

/** What a task is about: an account or a deal, mostly with a person of that company, or a lead alone. */
function aboutWhat({ random }: SeedContext, { accounts, contacts, leads, opportunities }: Subjects): Values {
  const lead = random.chance(0.1) ? random.pick(leads) : undefined;
  if (lead) return { WhoId: lead.Id, CurrencyIsoCode: lead.CurrencyIsoCode ?? null };
  const deal = random.chance(0.4) ? random.pick(opportunities) : undefined;
  const account = random.pick(accounts)?.row;
  const accountId = String(deal?.AccountId ?? account?.Id ?? '');
  const person = random.chance(0.7) ? random.pick(contacts.get(accountId) ?? []) : undefined;
  return {
    WhatId: deal?.Id ?? accountId,
    WhoId: person?.Id ?? null,
    CurrencyIsoCode: (deal ?? account)?.CurrencyIsoCode ?? null,
  };
}
