import type { CreateOutcome } from '@/lib/connectors/connector';
import { recordName } from '@/lib/creation/record-form';
import { recordValues } from '@/lib/creation/record-values';
import type { OutboxEntryView, OutboxNeed, OutboxRequests } from '@/lib/messaging/outbox-protocol';
import { LEGAL_BASES, type LegalBasis } from '@/lib/messaging/protocol';
import type { Handlers } from '@/lib/messaging/router';
import { AppError } from '@/lib/shared/errors';
import type { Connections, LiveConnection } from './connections';
import { crmLabel } from './crm-label';
import { problemSentences } from './form-words';
import type { LeadCreation } from './lead-creation';
import type { RecordForms } from './record-forms';
import { userLocale } from './user-locale';

interface Options {
  connections: Pick<Connections, 'get'>;
  leads: LeadCreation;
  forms: Pick<RecordForms, 'described' | 'outdate'>;
  now: () => number;
}

/** Records are sent at once and not kept: what could not be sent stays in the form. */
export function createSendingHandlers({ connections, leads, forms, now }: Options): Pick<Handlers, keyof OutboxRequests> {
  async function send(asked: OutboxRequests['outbox.send']['in']): Promise<OutboxEntryView> {
    const connection = await connections.get(asked.connectionId);
    const description = await forms.described(connection, asked.object);
    const view = (rest: Partial<OutboxEntryView>): OutboxEntryView => ({
      id: asked.draftId,
      connectionId: asked.connectionId,
      crmLabel: crmLabel(connection.entry.crm),
      object: asked.object,
      label: recordName(description, asked.values),
      at: new Date(now()).toISOString(),
      state: 'needs-you',
      why: null,
      until: null,
      needs: null,
      result: null,
      can: [],
      ...rest,
    });
    if (asked.object !== 'lead') return view({ needs: { kind: 'refused', code: 'crm.forbidden' } });
    const { values, problems } = recordValues(description, asked.recordTypeId, asked.values, userLocale());
    if (Object.keys(problems).length > 0) {
      return view({ needs: { kind: 'invalid', fieldErrors: problemSentences(problems), formErrors: [] } });
    }
    const outcome = await leads.create(connection, {
      values,
      basis: basisIn(asked.basis),
      source: asked.source && new URL(asked.source.url).host,
      allowDuplicate: asked.duplicates === 'create',
    });
    if (outcome.kind === 'created') {
      const url = connection.connector.recordUrl('lead', outcome.id);
      return view({ state: 'created', result: { id: outcome.id, url, how: 'created', undoUntil: null } });
    }
    if (outcome.kind === 'invalid') await forms.outdate(connection, asked.object);
    return view({ needs: outcome.kind === 'invalid' ? outcome : await duplicates(connection, outcome) });
  }

  const missing = () => Promise.reject(new AppError('outbox.missing'));
  return {
    'outbox.send': send,
    'outbox.list': async () => [],
    'outbox.retry': missing,
    'outbox.edit': missing,
    'outbox.drop': async () => null,
    'outbox.undo': missing,
    'draft.save': async () => null,
    'draft.load': async () => null,
    'draft.drop': async () => null,
    'creation.duplicates': async () => [],
  };
}

/** @throws AppError `message.invalid`: a view never sends a person without a basis */
function basisIn(basis: unknown): LegalBasis {
  const { kind, reason } = (basis ?? {}) as Partial<LegalBasis>;
  if (kind === undefined || !LEGAL_BASES.includes(kind) || typeof reason !== 'string') throw new AppError('message.invalid');
  return { kind, reason };
}

async function duplicates(
  { connector, copy }: LiveConnection,
  { message, allowSave, matches }: Extract<CreateOutcome, { kind: 'duplicates' }>,
): Promise<OutboxNeed> {
  const views = matches.map(async ({ object, id }) => {
    const kind = object === 'Contact' ? 'contact' : object === 'Account' ? 'account' : 'lead';
    const known = await copy.store.get(kind, id);
    const name = known?.fields.name ?? null;
    return { id, object, kind, name, url: connector.recordUrl(kind, id), why: [], fields: [], updatable: false } as const;
  });
  const found = (await Promise.all(views)).map((one) => ({ ...one, why: [], fields: [] }));
  return { kind: 'duplicates', message, allowCreate: allowSave, matches: found };
}
