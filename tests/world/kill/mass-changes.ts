import type { Org } from '../../sandbox-crm/org/org.ts';
import type { Values } from '../../sandbox-crm/org/records.ts';
import type { Row } from '../../sandbox-crm/org/table.ts';
import type { Random } from '../../sandbox-crm/seed/random.ts';

const MINUTE = 60_000;
const DELETED = ['Account', 'Contact', 'Lead', 'Opportunity', 'Task'] as const;

const ADDED: Record<(typeof DELETED)[number], (random: Random, accounts: readonly Row[]) => Values> = {
  Account: (random) => ({ Name: 'Added', Website: `https://added-${random.between(1, 1e6)}.com` }),
  Contact: (random, accounts) => ({ LastName: 'Added', AccountId: random.pick(accounts)?.Id ?? null }),
  Lead: (random) => ({ LastName: 'Added', Company: 'Added', Email: `new@added-${random.between(1, 1e6)}.com` }),
  Opportunity: (random, accounts) => ({
    Name: 'Added',
    StageName: 'Prospecting',
    CloseDate: '2027-01-31',
    AccountId: random.pick(accounts)?.Id ?? null,
  }),
  Task: (random, accounts) => ({ Subject: 'Added', Status: 'Not Started', WhatId: random.pick(accounts)?.Id ?? null }),
};

/**
 * What a day, or a data load, does to an org: thousands of records change, move, come, go and come back. A share of each
 * object's records is hit; so few are deleted at once that nobody has to be asked about it.
 */
export function changeALot(org: Org, random: Random, share = 0.08): void {
  // Deletions of the last two minutes are not told yet, and changes of the last ten are told twice.
  org.clock.advance(20 * MINUTE);
  const some = (object: string, part = 1): Row[] => {
    const rows = org.rows(object);
    return Array.from({ length: Math.ceil(rows.length * share * part) }, () => random.pick(rows)).filter(
      (row) => row !== undefined,
    );
  };
  const before = new Map(DELETED.map((object) => [object, org.rows(object).length]));
  const accounts = org.rows('Account');
  const websites = accounts.map(({ Website }) => Website ?? null);
  for (const { Id } of some('Account'))
    org.update('Account', Id, { Name: `Renamed ${random.between(1, 1e6)}`, Website: random.pick(websites) ?? null });
  for (const { Id } of some('Contact'))
    org.update('Contact', Id, { Title: `Title ${random.between(1, 1e6)}`, AccountId: random.pick(accounts)?.Id ?? null });
  for (const { Id, IsConverted } of some('Lead'))
    if (IsConverted !== true) org.update('Lead', Id, { Email: `new${random.between(1, 1e6)}@moved-away.com` });
  for (const { Id } of some('Opportunity'))
    org.update('Opportunity', Id, { StageName: 'Qualification', Amount: random.between(1, 1e6) });
  for (const { Id, IsClosed } of some('Task'))
    if (IsClosed !== true) org.update('Task', Id, { Subject: `Task ${random.between(1, 1e6)}` });
  for (const { Id, IsConverted } of some('Lead', 0.05))
    if (IsConverted !== true && org.find('Lead', Id)?.IsConverted !== true) org.convert(Id);
  const gone = DELETED.flatMap((object) => org.deletions(object).map(({ id }) => ({ object, id })));
  for (const { object, id } of gone) if (random.chance(0.3)) org.undelete(object, id);
  for (const object of DELETED) for (const { Id } of some(object, object === 'Account' ? 0.1 : 0.4)) org.remove(object, Id);
  // As many come as went, so that an org keeps its size however often this is done to it.
  for (const object of DELETED) {
    const alive = org.rows('Account');
    for (let n = org.rows(object).length; n < (before.get(object) ?? 0); n += 1) org.insert(object, ADDED[object](random, alive));
  }
  org.clock.advance(5 * MINUTE);
}

/** A data load: all records of the largest object get the same stamp. */
export function loadAgain(org: Org, random: Random): void {
  org.clock.advance(20 * MINUTE);
  const isTasks = org.rows('Task').length > org.rows('Contact').length;
  const [object, field] = isTasks ? ['Task', 'Subject'] : ['Contact', 'Title'];
  const value = `Loaded ${random.between(1, 1e6)}`;
  for (const { Id } of org.rows(object)) org.update(object, Id, { [field]: value });
  org.clock.advance(5 * MINUTE);
}
