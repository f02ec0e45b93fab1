import type { Org } from '../../sandbox-crm/org/org.ts';
import type { Row } from '../../sandbox-crm/org/table.ts';
import { toWireDateTime } from '../../sandbox-crm/org/wire-time.ts';
import type { Change, ChangedObject, Signs } from './sequence';
import { nth, SALESFORCE, SITES, valuesOf } from './small-org';

/** Of so many Tasks most are deleted together. */
const MANY = 65;

/** Makes one change in the org behind the extension's back. */
export interface CrmChanges {
  /** @returns what was done in words, or null when there was nothing to do it to */
  make(change: Change): string | null;
}

/** Changes of `org`; `sharing` says which way access to records may change. */
export function createCrmChanges(org: Org, { sharing }: Pick<Signs, 'sharing'>): CrmChanges {
  let serial = 0;
  const visible = (object: ChangedObject) => {
    const hidden = org.hidden(SALESFORCE[object]);
    return org.rows(SALESFORCE[object]).filter((row) => !hidden.has(row.Id) && row.IsConverted !== true);
  };
  /** A stamp of some time ago, but never before the record's own: a record's stamps do not fall. */
  const stampAgo = (seconds: number, row?: Row) => {
    const stamp = toWireDateTime(org.clock.now() - seconds * 1000);
    return row && String(row.SystemModstamp) > stamp ? String(row.SystemModstamp) : stamp;
  };

  function update({ object, at, site, agoSeconds }: Change & { do: 'update' }): string | null {
    const row = nth(visible(object), at);
    if (!row) return null;
    write(object, row, { site, agoSeconds });
    return row.Id;
  }

  /** As a data load does: all records of an object at once, with one stamp. */
  function load({ object, site }: Change & { do: 'import' }): string | null {
    const rows = visible(object);
    for (const row of rows) write(object, row, { site, agoSeconds: 0 });
    return rows.length === 0 ? null : `of ${rows.length}`;
  }

  function write(object: ChangedObject, row: Row, { site, agoSeconds }: { site: number; agoSeconds: number }): void {
    const SystemModstamp = stampAgo(agoSeconds, row);
    const text = `${serial}, "new"`;
    const values = {
      account: { Name: `Firm ${text}`, Website: nth(SITES, site)?.website ?? null },
      contact: { Title: `Title ${text}` },
      lead: { Company: `Firm ${text}`, Website: nth(SITES, site)?.website ?? null },
      opportunity: { Name: `Deal ${text}`, StageName: site % 2 ? 'Closed Won' : 'Proposal/Price Quote' },
      // A finished Task with a date would move its parents' LastActivityDate without moving their stamp.
      task: { Subject: `Call ${text}`, ...(site % 2 ? { Status: 'Completed', ActivityDate: null } : {}) },
    };
    org.update(SALESFORCE[object], row.Id, { ...values[object], SystemModstamp });
  }

  function reparent({ object, at, to }: Change & { do: 'reparent' }): string | null {
    const row = nth(visible(object), at);
    const parent = nth(visible('account'), to);
    if (!row || !parent) return null;
    org.update(SALESFORCE[object], row.Id, object === 'task' ? { WhatId: parent.Id } : { AccountId: parent.Id });
    return `${row.Id} to ${parent.Id}`;
  }

  function undelete({ object, at }: Change & { do: 'undelete' }): string | null {
    const deleted = org
      .table(SALESFORCE[object])
      .all()
      .filter((row) => row.IsDeleted === true && row.MasterRecordId == null && hasParents(row));
    const row = nth(deleted, at);
    if (!row) return null;
    org.undelete(SALESFORCE[object], row.Id);
    return row.Id;
  }

  /** A record comes back only when what it hangs on is there: Salesforce restores a child with its parent. */
  function hasParents(row: Row): boolean {
    return row.AccountId == null || org.find('Account', String(row.AccountId))?.IsDeleted !== true;
  }

  function merge({ object, at, into }: Change & { do: 'merge' }): string | null {
    const loser = nth(visible(object), at);
    const winner = nth(
      visible(object).filter((row) => row.Id !== loser?.Id),
      into,
    );
    if (!loser || !winner) return null;
    org.merge(SALESFORCE[object], winner.Id, loser.Id);
    return `${loser.Id} into ${winner.Id}`;
  }

  function convert({ at, into, deal }: Change & { do: 'convert' }): string | null {
    const lead = nth(visible('lead'), at);
    if (!lead) return null;
    const account = into === null ? undefined : nth(visible('account'), into);
    org.convert(lead.Id, { ...(account ? { accountId: account.Id } : {}), ...(deal ? { opportunity: `Deal ${serial}` } : {}) });
    return lead.Id;
  }

  function share({ object, at, lost }: Change & { do: 'share' }): string | null {
    if (sharing !== 'both' && sharing !== (lost ? 'lost' : 'gained')) return null;
    const name = SALESFORCE[object];
    const id = lost ? nth(visible(object), at)?.Id : nth([...org.hidden(name)], at);
    if (id === undefined) return null;
    if (lost) org.hide(name, id);
    else org.show(name, id);
    return `${lost ? 'lost' : 'gained'} ${id}`;
  }

  function remove({ object, at }: Change & { do: 'delete' }): string | null {
    const tasks = visible('task');
    if (tasks.length > MANY) {
      for (const { Id } of tasks.slice(at)) org.remove('Task', Id);
      return `, but ${tasks.length - at} tasks at once`;
    }
    const row = nth(visible(object), at);
    if (row) org.remove(SALESFORCE[object], row.Id);
    return row?.Id ?? null;
  }

  function apply(change: Change): string | null {
    switch (change.do) {
      case 'create': {
        const values = valuesOf(org, change.object, { ...change, serial });
        return org.insert(SALESFORCE[change.object], { ...values, CreatedDate: stampAgo(change.agoSeconds) }).Id;
      }
      case 'update':
        return update(change);
      case 'import':
        return load(change);
      case 'reparent':
        return reparent(change);
      case 'delete':
        return remove(change);
      case 'undelete':
        return undelete(change);
      case 'merge':
        return merge(change);
      case 'convert':
        return convert(change);
      case 'user': {
        const row = nth(
          org.rows('User').filter((user) => user.UserType === 'Standard'),
          change.at,
        );
        if (row) org.update('User', row.Id, { LastName: `Renamed ${serial}`, IsActive: serial % 2 === 0 });
        return row?.Id ?? null;
      }
      case 'share':
        return share(change);
    }
  }

  return {
    make(change) {
      serial += 1;
      return apply(change);
    },
  };
}
