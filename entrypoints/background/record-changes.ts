import type { CreateValues } from '@/lib/connectors/creation-contract';
import { doneStatus } from '@/lib/creation/links';
import { recordValues } from '@/lib/creation/record-values';
import {
  CHANGEABLE,
  type Changeable,
  type ChangeableField,
  type ChangeResult,
  type CreationRequests,
} from '@/lib/messaging/creation-protocol';
import { AppError, toAppError } from '@/lib/shared/errors';
import { logFailure } from '@/lib/shared/logger';
import type { LiveConnection } from './live-connection';
import { copyRecord, dropRecord } from './copy-record';
import { problemSentence } from './form-words';
import type { ProcessingLogs } from './processing-logs';
import type { RecordForms } from './record-forms';
import { userLocale } from './user-locale';

type Change = CreationRequests['creation.change']['in'];
type Texts = Partial<Record<Changeable, string>>;

/**
 * Changes of a record that need no form: a stage, a status, a date. `onCopied` is called when the copy has the change too; with the
 * copy's own stamp the CRM is told what the change was made from, so that nobody's work is written over unseen.
 */
export function createRecordChanges(
  forms: Pick<RecordForms, 'described' | 'requireAllowed'>,
  onCopied: () => void,
  log: ProcessingLogs['add'],
) {
  async function brought(connection: LiveConnection, object: 'opportunity' | 'task', id: string): Promise<void> {
    const isCopied = await copyRecord(connection, object, id).catch((error) => {
      // The CRM has it; whoever is told of a failure would do it again.
      logFailure(toAppError(error));
      return false;
    });
    if (isCopied) onCopied();
  }

  return {
    async changeable(connection: LiveConnection, object: 'opportunity' | 'task') {
      const description = await forms.described(connection, object);
      const fields = CHANGEABLE.flatMap((model): ChangeableField[] => {
        const name = own(description.modelNames, model);
        const field = description.fields.find((one) => one.name === name && one.updateable);
        const options = field?.options.map(({ value, label }) => ({ value, label })) ?? [];
        return field ? [{ model, label: field.label, options }] : [];
      });
      return { fields, doneStatus: doneStatus(description) };
    },

    async change(connection: LiveConnection, { object, id, values: typed, force }: Change): Promise<ChangeResult> {
      await forms.requireAllowed(connection, object, Object.keys(typed));
      const record = await connection.copy.store.get(object, id);
      if (!record) throw new AppError('record.missing');
      const description = await forms.described(connection, object);
      const models = Object.keys(typed) as Changeable[];
      const names = new Map(models.map((model) => [model, own(description.modelNames, model)]));
      const fields = description.fields.filter(({ name, updateable }) => updateable && [...names.values()].includes(name));
      // What this user may not change is not sent and then wondered about.
      if (models.length === 0 || fields.length < models.length) throw new AppError('crm.forbidden');
      const byName = Object.fromEntries(models.map((model) => [names.get(model) ?? '', typed[model] ?? '']));
      const { values, problems } = recordValues({ ...description, fields }, null, byName, userLocale());
      const [problem] = Object.values(problems);
      if (problem) return { kind: 'invalid', reasons: [problemSentence(problem)] };
      const cleared = Object.fromEntries(fields.filter(({ name }) => byName[name] === '').map(({ name }) => [name, null]));
      const readAt = force ? null : record.modifiedAt;
      const outcome = await connection.connector.writer.update(object, id, { ...cleared, ...values }, readAt);
      switch (outcome.kind) {
        case 'invalid':
          return { kind: 'invalid', reasons: [...outcome.formErrors, ...Object.values(outcome.fieldErrors)] };
        case 'gone':
          await dropRecord(connection, object, id);
          onCopied();
          return { kind: 'gone' };
        case 'conflict':
          await brought(connection, object, id);
          return { kind: 'conflict', current: texts(names, outcome.current), changedAt: outcome.modifiedAt };
        default: {
          await log(connection, { act: 'changed', records: [{ object, deed: 'changed', count: 1 }] });
          await brought(connection, object, id);
          return { kind: 'changed', before: beforeOf(record.fields as unknown as Record<string, unknown>, models) };
        }
      }
    },

    async convert(connection: LiveConnection, id: string, accountId: string | null) {
      await forms.requireAllowed(connection, 'lead');
      await forms.requireAllowed(connection, 'contact');
      const result = await connection.connector.writer.convertLead(id, { accountId });
      if ('invalid' in result) return { kind: 'invalid', reason: result.invalid } as const;
      const { connector } = connection;
      await Promise.all([
        copyRecord(connection, 'account', result.accountId),
        copyRecord(connection, 'contact', result.contactId),
        dropRecord(connection, 'lead', id),
      ]).catch((error) => logFailure(toAppError(error)));
      onCopied();
      return {
        kind: 'converted',
        accountUrl: connector.recordUrl('account', result.accountId),
        contactUrl: connector.recordUrl('contact', result.contactId),
      } as const;
    },
  };
}

export type RecordChanges = ReturnType<typeof createRecordChanges>;

const own = (names: Readonly<Record<string, string>>, model: string) => (Object.hasOwn(names, model) ? names[model] : undefined);

const text = (value: unknown): string => (value === null || value === undefined ? '' : String(value));

function texts(names: ReadonlyMap<Changeable, string | undefined>, values: CreateValues): Texts {
  return Object.fromEntries([...names].map(([model, name]) => [model, text(name === undefined ? null : values[name])]));
}

function beforeOf(fields: Record<string, unknown>, models: readonly Changeable[]): Texts {
  return Object.fromEntries(models.map((model) => [model, text(fields[model])]));
}
