/** Fields the CRM works out from others whenever a record is saved. */
import { STAGES } from './schema/picklists.ts';
import type { Row, Value } from './table.ts';

export interface DeriveContext {
  find(object: string, id: string): Row | undefined;
  /** The time of the save, in the CRM's notation. */
  stamp(): string;
}

type Derive = (row: Row, previous: Row | undefined, context: DeriveContext) => Record<string, Value>;

/** The values the CRM sets by itself on a record about to be saved. @param previous the record as it was, if it existed */
export function derivedFields(
  object: string,
  row: Row,
  previous: Row | undefined,
  context: DeriveContext,
): Record<string, Value> {
  return DERIVE[object]?.(row, previous, context) ?? {};
}

const personName: Derive = (row) => ({ Name: [row.FirstName, row.LastName].filter(Boolean).join(' ') });

/** Only an Account that is a person has a last name. */
const account: Derive = (row, previous, context) =>
  row.LastName ? { ...personName(row, previous, context), IsPersonAccount: true } : {};

const opportunity: Derive = (row, previous, { stamp }) => {
  const stage = STAGES.find((entry) => entry.name === row.StageName);
  const moved = previous?.StageName !== row.StageName;
  // A probability typed by hand stays until the stage moves.
  const typed =
    previous === undefined ? row.Probability : !moved || row.Probability !== previous.Probability ? row.Probability : null;
  const probability = typeof typed === 'number' ? typed : (stage?.probability ?? 0);
  const close = String(row.CloseDate ?? '');
  const quarter = Math.floor((Number(close.slice(5, 7)) - 1) / 3) + 1;
  return {
    Probability: probability,
    IsClosed: stage?.closed ?? false,
    IsWon: stage?.won ?? false,
    ForecastCategory: stage?.forecast ?? 'Pipeline',
    ForecastCategoryName: stage?.forecast ?? 'Pipeline',
    ExpectedRevenue: typeof row.Amount === 'number' ? Math.round(row.Amount * probability) / 100 : null,
    FiscalYear: Number(close.slice(0, 4)),
    FiscalQuarter: quarter,
    Fiscal: `${close.slice(0, 4)} ${quarter}`,
    ...(moved ? { LastStageChangeDate: previous ? stamp() : null } : {}),
  };
};

const task: Derive = (row, previous, { find, stamp }) => {
  const what = String(row.WhatId ?? '');
  const who = String(row.WhoId ?? '');
  const closed = row.Status === 'Completed';
  const through = what.startsWith('006') ? find('Opportunity', what) : who.startsWith('003') ? find('Contact', who) : undefined;
  return {
    AccountId: what.startsWith('001') ? what : (through?.AccountId ?? null),
    IsClosed: closed,
    IsHighPriority: row.Priority === 'High',
    WhoCount: who ? 1 : 0,
    WhatCount: what ? 1 : 0,
    CompletedDateTime: closed ? (row.CompletedDateTime ?? previous?.CompletedDateTime ?? stamp()) : null,
  };
};

const DERIVE: Record<string, Derive> = {
  Account: account,
  Contact: personName,
  Individual: personName,
  Lead: personName,
  User: personName,
  Opportunity: opportunity,
  Task: task,
};
