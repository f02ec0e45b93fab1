import { type EntryState, isUndoable, type OutboxEntry, UNDO_MS } from '@/lib/creation/outbox/entry';
import type { OutboxAction, OutboxEntryView, OutboxNeed, OutboxResult } from '@/lib/messaging/outbox-protocol';
import { AppError } from '@/lib/shared/errors';
import type { LiveConnection } from './live-connection';
import { crmLabel } from './crm-label';
import { duplicateViews } from './duplicate-views';
import type { RecordForms } from './record-forms';

const iso = (ms: number) => new Date(ms).toISOString();

function stateOf({ state, open }: OutboxEntry): OutboxEntryView['state'] {
  switch (state.kind) {
    case 'done':
      return 'created';
    case 'queued':
    case 'waiting':
      return open ? 'checking' : 'waiting';
    case 'duplicates':
    case 'invalid':
    case 'conflict':
    case 'basis':
    case 'refused':
    case 'no-place':
      return 'needs-you';
    default:
      return state.kind;
  }
}

/** What the user may do. What may have been created is not made into something else before that is known. */
function actionsOf(entry: OutboxEntry, now: number): OutboxAction[] {
  switch (entry.state.kind) {
    case 'sending':
      return [];
    case 'done':
      return isUndoable(entry, now) ? ['undo', 'drop'] : ['drop'];
    case 'undoing':
      return ['retry'];
    case 'undone':
      return ['edit', 'drop'];
    default:
      return entry.open || entry.typed === null ? ['retry', 'drop'] : ['edit', 'retry', 'drop'];
  }
}

function resultOf(entry: OutboxEntry, { connector }: LiveConnection, now: number): OutboxResult | null {
  const { state, object } = entry;
  if (state.kind !== 'done') return null;
  const undoUntil = isUndoable(entry, now) ? iso(state.at + UNDO_MS) : null;
  return { id: state.id, url: connector.recordUrl(object, state.id), how: state.how, undoUntil };
}

async function needOf(
  entry: OutboxEntry,
  connection: LiveConnection,
  forms: Pick<RecordForms, 'described'>,
): Promise<OutboxNeed | null> {
  const { state } = entry;
  if (entry.way.kind === 'objection') return objectionNeed(entry, entry.way.id, connection);
  switch (state.kind) {
    case 'invalid':
      return { kind: 'invalid', fieldErrors: state.fieldErrors, formErrors: state.formErrors };
    case 'basis':
      return { kind: 'basis', reasons: state.reasons };
    case 'refused':
      return { kind: 'refused', code: state.why };
    case 'duplicates': {
      const description = await forms.described(connection, entry.object);
      const matches = await duplicateViews(connection, description, entry.typed?.values ?? {}, state.matches);
      return { kind: 'duplicates', message: state.message, allowCreate: state.allowSave, matches };
    }
    case 'conflict':
      return { kind: 'conflict', fields: await conflictOf(entry, state, connection, forms) };
    default:
      return null;
  }
}

/** An objection that is not in the CRM as a whole: everything of it, where the CRM does not say what it lacks. */
function objectionNeed(
  { state, object }: OutboxEntry,
  id: string,
  { connector, entry: { crm } }: LiveConnection,
): Extract<OutboxNeed, { kind: 'objection' }> | null {
  const of = { kind: 'objection', crm, url: connector.recordUrl(object, id), missing: ['call', 'email'], code: null } as const;
  if (state.kind === 'no-place') return { ...of, missing: state.missing, reasons: [] };
  if (state.kind === 'refused') return { ...of, missing: [...of.missing], reasons: [], code: state.why };
  if (state.kind !== 'invalid') return null;
  return { ...of, missing: [...of.missing], reasons: [...state.formErrors, ...Object.values(state.fieldErrors)] };
}

async function conflictOf(
  { object, way }: OutboxEntry,
  { current }: Extract<EntryState, { kind: 'conflict' }>,
  connection: LiveConnection,
  forms: Pick<RecordForms, 'described'>,
) {
  const { fields } = await forms.described(connection, object);
  const text = (value: unknown) => (value === null || value === undefined || value === '' ? null : String(value));
  const wanted = way.kind === 'update' ? way.values : {};
  return Object.entries(wanted).flatMap(([name, value]) => {
    const held = text(Object.hasOwn(current, name) ? current[name] : null);
    if (text(value) === held) return [];
    return [{ label: fields.find((field) => field.name === name)?.label ?? name, typed: text(value), held }];
  });
}

/** What the organisation has stopped to allow asks for nothing else any more than to be edited or dropped. */
function orRefused(error: unknown): OutboxNeed {
  if (error instanceof AppError && error.code === 'policy.refused') return { kind: 'refused', code: error.code };
  throw error;
}

/** An entry as views show it. */
export async function entryView(
  entry: OutboxEntry,
  connection: LiveConnection,
  forms: Pick<RecordForms, 'described'>,
  now: number,
): Promise<OutboxEntryView> {
  const { state } = entry;
  const waits = state.kind === 'waiting' || state.kind === 'undoing';
  return {
    id: entry.id,
    connectionId: connection.entry.id,
    crmLabel: crmLabel(connection.entry.crm),
    object: entry.object,
    label: entry.label,
    at: iso(entry.sealedAt),
    state: stateOf(entry),
    why: waits || state.kind === 'unclear' ? state.why : null,
    until: waits && state.until !== null ? iso(state.until) : null,
    needs: await needOf(entry, connection, forms).catch(orRefused),
    result: resultOf(entry, connection, now),
    can: actionsOf(entry, now),
  };
}
