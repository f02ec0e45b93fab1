import { createBasisHandlers } from '@/entrypoints/background/basis-handlers';
import type { Connections } from '@/entrypoints/background/connections';
import type { LiveConnection } from '@/entrypoints/background/live-connection';
import { createOutboxHandlers } from '@/entrypoints/background/outbox-handlers';
import { createOutboxes } from '@/entrypoints/background/outboxes';
import { createRecordChanges } from '@/entrypoints/background/record-changes';
import { createCreationHandlers } from '@/entrypoints/background/creation-handlers';
import { createRecordForms } from '@/entrypoints/background/record-forms';
import type { CreatableObject, ObjectDescription } from '@/lib/connectors/creation-contract';
import { placement } from '@/lib/matching/placement';
import type { Handlers } from '@/lib/messaging/router';
import { SEARCH_LINES } from '@/lib/search/search-line';
import { NO_POLICY } from '@/lib/settings/policy';
import { createSealedBoxes } from '@/lib/storage/sealed-boxes';
import { createOvertaken } from '@/lib/sync/overtaken';
import { createCipher } from '@/lib/vault/cipher';
import { fakeClock } from '../fakes/fake-clock';
import { memoryWriter } from '../fakes/memory-writer';
import { described } from './description';
import { testStore } from './store';

const FIELDS: Record<CreatableObject, ObjectDescription['fields']> = {
  lead: [described('LastName', { required: true }), described('Email', { type: 'email' })],
  contact: [described('LastName', { required: true }), described('Email', { type: 'email' })],
  account: [described('Name', { required: true })],
  opportunity: [described('Name', { required: true })],
  task: [described('Subject'), described('ActivityDate', { type: 'date' }), described('Description', { type: 'textarea' })],
};
const NAMES: Record<CreatableObject, Record<string, string>> = {
  lead: { lastName: 'LastName', email: 'Email' },
  contact: { lastName: 'LastName', email: 'Email' },
  account: { name: 'Name' },
  opportunity: { name: 'Name' },
  task: { subject: 'Subject', dueOn: 'ActivityDate', description: 'Description' },
};

/** Everything in the worker that writes to a CRM, on one disk and a CRM in memory. `wxt/browser` has to be a stand-in. */
export async function creationWorld() {
  const clock = fakeClock();
  const crm = memoryWriter(clock);
  const disk = await testStore({ ...placement, lines: SEARCH_LINES });
  const describe = async (object: CreatableObject): Promise<ObjectDescription> => {
    const rest = { recordTypes: [], deletable: true, convertible: false, basisPlace: null };
    return { object, fields: FIELDS[object], modelNames: NAMES[object], ...rest };
  };
  const connector = { writer: { ...crm.writer, describe }, read: async () => null, recordUrl: (_: string, id: string) => id };
  const copy = { store: disk.store, boxes: createSealedBoxes(disk.db, createCipher(disk.root), 'c1') };

  /** The next worker on the same disk. */
  function worker() {
    const rest = { runner: { overtaken: createOvertaken(clock) }, profile: { orgName: 'Org' } };
    const live = { entry: { id: 'c1', crm: 'salesforce' }, connector, copy, ...rest } as unknown as LiveConnection;
    const connections = { get: async () => live, ready: async () => [live] } as unknown as Connections;
    const onChange = () => undefined;
    const forms = createRecordForms(clock.now, async () => NO_POLICY);
    const outboxes = createOutboxes({ connections, forms, clock, onChange, onCopied: onChange, onSettled: onChange });
    const changes = createRecordChanges(forms, onChange, async () => undefined);
    const handlers = {
      ...createBasisHandlers({ connections, clock }),
      ...createCreationHandlers({ connections, forms, changes, siteInFront: async () => null, isSilenced: async () => false }),
      ...createOutboxHandlers({ connections, outboxes, forms, clock, onChange }),
    } as Handlers;
    return { outboxes, handlers };
  }
  return { clock, crm, disk, copy, worker };
}
