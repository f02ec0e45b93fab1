import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import type { ObjectKind } from '@/lib/crm/records';
import { placement } from '@/lib/matching/placement';
import { AppError } from '@/lib/shared/errors';
import { ConnectionDatabase } from '@/lib/storage/database';
import { createRecordStore } from '@/lib/storage/record-store';
import { runSync } from '@/lib/sync/engine';
import { newReport, type RunReport } from '@/lib/sync/run-report';
import { createCellHash } from '@/lib/vault/cell-hash';
import { createCipher } from '@/lib/vault/cipher';
import { rootKey } from '../../builders/keys';
import { createChoices, losable } from './choices';
import { differences } from './comparison';
import { createCrmChanges } from './crm-changes';
import { createCrmLink, type CrmLink } from './crm-link';
import type { Change, Sequence, Setup, Step, Trouble } from './sequence';
import { SALESFORCE } from './small-org';

globalThis.IDBKeyRange ??= IDBKeyRange;

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;
/** As far as the CRM's clock may go back: what commits late comes on top, and both have to fit into the overlap. */
const FURTHEST_BACK_MS = 5 * MINUTE;
const QUIET: Trouble = { faults: null, end: null, during: [], forgets: null };

/** Why a run may end early when it is in trouble. Everything else would be a fault of the extension. */
const PASSING = ['crm.offline', 'crm.timeout', 'crm.unavailable', 'crm.busy', 'crm.answer-unreadable', 'auth.reconnect'];

/** What came of a sequence. `seen` counts what it reached, so that the property can be shown to look everywhere. */
export interface Outcome {
  differences: string[];
  seen: string[];
}

const sealing = rootKey().then((root) => ({ cipher: createCipher(root), hash: createCellHash(root) }));

/**
 * Plays a sequence on a CRM and a copy of their own, then syncs once without trouble and compares. What that one run
 * promises: all that leaves a trace in the CRM (a stamp, the log of deletions, a number of records) is in the copy.
 * - Deletions that are too many are asked about: after the answer the next run removes them.
 * - Where the CRM does not tell how many records there are, or what is lost and gained may cancel out in that number, its
 *   log of deletions has to have come as far as the last deletion (it does so within minutes).
 * - What leaves no trace at all is found by the comparison of ids that a run makes once a week.
 *
 * @param story is filled with what happens, a line each
 */
export async function runSequence({ setup, steps }: Sequence, story: string[]): Promise<Outcome> {
  const link = await createCrmLink(setup);
  const { crm, clock } = link;
  const { org } = crm.sandbox;
  const disk = new ConnectionDatabase(new IDBFactory());
  const seals = await sealing;
  const open = () => createRecordStore({ db: disk, ...seals, connectionId: 'c1', placement });
  let store = open();
  const choices = createChoices();
  const changes = createCrmChanges(org, setup.signs);
  const seen: string[] = [];
  const homes = new Set<string>();
  let held: ObjectKind[] = [];
  const untraced = { shared: false, moved: false, wentBack: false, rights: false };

  const tell = (text: string) => story.push(`${new Date(org.clock.now()).toISOString().slice(5, 19)} ${text}`);

  function make(change: Change): void {
    const what = changes.make(change);
    if (what === null) return;
    if (change.do === 'share') untraced.shared = true;
    else if (!choices.choosesAll) untraced.moved = true;
    seen.push(change.do);
    const named = 'object' in change ? ` ${change.object}` : '';
    tell(`  ${change.do}${named} ${what}`);
  }

  async function sync(trouble: Trouble, approved: readonly ObjectKind[] = []): Promise<RunReport> {
    const report = newReport();
    const { signal, died } = link.begin(trouble, make);
    const run = runSync({
      ...{ connector: link.connector, store, clock, selection: choices.selection(), batchRecords: setup.batchRecords },
      ...{ approved: new Set(approved), overtaken: () => false, onProgress: () => undefined, signal, report },
    });
    tell('sync');
    const isQuiet = trouble.faults === null && trouble.end === null && trouble.forgets === null;
    const end = await Promise.race([run.then(() => 'whole' as const), died]).catch((error: unknown) => {
      if (signal.aborted) return 'aborted';
      const passing = trouble.forgets ? [...PASSING, 'crm.refused'] : PASSING;
      if (isQuiet || !(error instanceof AppError) || !passing.includes(error.code)) throw error;
      return error.code;
    });
    if (end === 'killed') store = open();
    if (end === 'whole') held = report.held.map(({ object }) => object);
    seen.push(end, ...(report.held.length > 0 ? ['held'] : []), ...(report.unavailable.length > 0 ? ['unavailable'] : []));
    tell(`  ${end} ${JSON.stringify(report.objects)}${held.length > 0 ? ` held ${held}` : ''}`);
    return report;
  }

  async function take(step: Step): Promise<void> {
    seen.push(step.do);
    switch (step.do) {
      case 'changes':
        for (const change of step.changes) {
          make(change);
          if (!step.sameSecond) link.advance(SECOND);
        }
        return;
      case 'wait':
        tell(`wait ${step.seconds} s`);
        return link.advance(step.seconds * SECOND);
      case 'clock-back': {
        const most = FURTHEST_BACK_MS - (link.latest() - org.clock.now());
        const back = Math.min(step.seconds * SECOND, most);
        if (back <= 0 || !setup.signs.clockGoesBack) return;
        untraced.wentBack = true;
        link.advance(-back);
        return void tell(`clock back ${back / SECOND} s`);
      }
      case 'empty-bin':
        tell('empty recycle bin');
        return org.emptyRecycleBin();
      case 'expire':
        if (step.what === 'cursors') crm.sandbox.expireCursors();
        else if (step.what === 'jobs') crm.sandbox.expireJobs();
        else crm.sandbox.tokens.expireAccessTokens();
        return void tell(`expire ${step.what}`);
      case 'choose':
        choices.make(step.choice);
        // Another choice of Accounts makes the next run compare everything.
        if (step.choice.of === 'scope' && setup.signs.counts) untraced.moved = false;
        return void tell(`choose ${JSON.stringify(step.choice)}`);
      case 'field-right': {
        const [object, field] = losable(step.field);
        untraced.rights = true;
        if (step.lost) org.schema.hideField(object, field);
        else org.schema.showField(object, field);
        return void tell(`right to ${object}.${field} ${step.lost ? 'lost' : 'given'}`);
      }
      case 'object-right':
        if (step.lost) org.hideObject(SALESFORCE[step.object]);
        else org.showObject(SALESFORCE[step.object]);
        return void tell(`right to ${step.object} ${step.lost ? 'lost' : 'given'}`);
      case 'sync':
        await sync(step.trouble, step.agrees ? held : []);
        if (step.reopen) store = open();
        return;
    }
  }

  if (setup.signs.sharing === 'gained') loseSome(link);
  // Only what is in the copy can be held there.
  if (setup.manyTasks) await sync(QUIET);
  for (const step of steps) {
    await take(step);
    link.advance(SECOND);
  }
  link.advance(waitBefore(setup, untraced));
  const { held: asked } = await sync(QUIET, held);
  if (asked.length > 0)
    await sync(
      QUIET,
      asked.map(({ object }) => object),
    );
  if (crm.sandbox.log.matching(/jobs\/query$/).length > 0) seen.push('job');
  return { differences: await differences(store, org, choices, homes), seen };
}

/** For a sequence in which access is gained: some records that the user does not see at first. */
function loseSome({ crm }: CrmLink): void {
  const { org } = crm.sandbox;
  for (const name of ['Account', 'Contact', 'Task', 'Opportunity', 'Lead']) {
    const [row] = org.rows(name);
    if (row) org.hide(name, row.Id);
  }
}

/**
 * How long before the last run has to be waited for what it promises; see `runSequence`.
 * @param untraced what happened that may have left no trace: access lost or gained, records that came into the scope or left
 * it with their Account, a clock that went back, rights that were given or taken
 */
function waitBefore(
  { signs, logLagMs }: Setup,
  untraced: { shared: boolean; moved: boolean; wentBack: boolean; rights: boolean },
): number {
  const { counts, sharing } = signs;
  const { shared, moved, wentBack, rights } = untraced;
  const isUncounted = shared && (!counts || sharing === 'both');
  // While its clock was behind, the CRM noted deletions and rights where it had been asked already.
  if (isUncounted || moved || (wentBack && (rights || !counts))) return 8 * DAY;
  return !counts || sharing === 'gained' ? logLagMs + 3 * MINUTE : 0;
}
