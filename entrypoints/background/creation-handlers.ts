import { runInTab } from '@/lib/browser/tabs';
import { isPageFacts, readPage } from '@/lib/creation/page-prefill';
import type { CreatableObject, CreationRequests } from '@/lib/messaging/creation-protocol';
import type { Handlers } from '@/lib/messaging/router';
import type { Site } from '@/lib/messaging/site-protocol';
import { AppError } from '@/lib/shared/errors';
import type { Connections, LiveConnection } from './connections';
import type { RecordChanges } from './record-changes';
import type { RecordForms } from './record-forms';

interface Options {
  connections: Pick<Connections, 'get' | 'ready'>;
  forms: RecordForms;
  changes: RecordChanges;
  siteInFront: (tabId: number | null) => Promise<{ tabId: number; site: Site } | null>;
  /** Whether nothing is to be looked up there. */
  isSilenced: (site: Site) => Promise<boolean>;
}

/** Objects of which a page may say something; the others are about what somebody does. */
const FROM_A_PAGE: ReadonlySet<CreatableObject> = new Set(['lead', 'contact', 'account']);

/** What is asked about forms for new records, and about small changes of records that are there. */
export function createCreationHandlers({
  connections,
  forms,
  changes,
  siteInFront,
  isSilenced,
}: Options): Pick<Handlers, keyof CreationRequests> {
  async function chosen(connectionId: string | null): Promise<LiveConnection> {
    if (connectionId !== null) return connections.get(connectionId);
    const ready = await connections.ready();
    // The sample takes no new records, so that it is asked only when there is nothing else.
    const connection = ready.find(({ entry }) => entry.crm !== 'sample') ?? ready[0];
    if (!connection) throw new AppError('connection.missing');
    return connection;
  }

  return {
    async 'creation.form'({ connectionId, object, tabId, text, link }) {
      const connection = await chosen(connectionId);
      await forms.requireAllowed(connection, object);
      // What somebody has marked or typed, or just created, says whom they mean; the page is not read then.
      const isAboutPage = FROM_A_PAGE.has(object) && text === null && (link === null || link.kind === 'account');
      const shown = isAboutPage ? await siteInFront(tabId) : null;
      // Where nothing is to be looked up, nothing is read either.
      const front = shown && !(await isSilenced(shown.site)) ? shown : null;
      const [facts] = await Promise.all([
        front ? runInTab(front.tabId, readPage) : null,
        // At the same time; the form asks for it again and finds it there.
        forms.described(connection, object).catch(() => undefined),
      ]);
      return forms.form(connection, {
        object,
        site: front?.site ?? null,
        facts: isPageFacts(facts) ? facts : null,
        text,
        link,
      });
    },
    'creation.objects': () => forms.objects(),
    async 'creation.lookUp'({ connectionId, object, field, text }) {
      const connection = await connections.get(connectionId);
      await forms.requireAllowed(connection, object, [field]);
      return connection.connector.writer.lookUp(object, field, text);
    },
    'creation.choice': async ({ connectionId, object }) => forms.choice(await connections.get(connectionId), object),
    async 'creation.choose'({ connectionId, object, short }) {
      const connection = await connections.get(connectionId);
      await forms.requireAllowed(connection, object);
      await forms.choose(connection, object, short);
      return null;
    },
    'creation.changeable': async ({ connectionId, object }) => changes.changeable(await connections.get(connectionId), object),
    'creation.change': async (change) => changes.change(await connections.get(change.connectionId), change),
    'creation.convert': async ({ connectionId, id, accountId }) =>
      changes.convert(await connections.get(connectionId), id, accountId),
  };
}
