import { runInTab } from '@/lib/browser/tabs';
import type { PageSite } from '@/lib/prefill/own-host';
import { isPageText, readPage } from '@/lib/prefill/page-text';
import { isFreeMail } from '@/lib/matching/free-mail';
import type { CreatableObject, CreationRequests, FormLink } from '@/lib/messaging/creation-protocol';
import type { Handlers } from '@/lib/messaging/router';
import type { Site } from '@/lib/messaging/site-protocol';
import { AppError } from '@/lib/shared/errors';
import type { Connections } from './connections';
import type { LiveConnection } from './live-connection';
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

/** What somebody has marked or typed, or just created, says whom they mean; the page is not read then. */
const isAboutPage = (object: CreatableObject, text: string | null, link: FormLink | null): boolean =>
  FROM_A_PAGE.has(object) && text === null && (link === null || link.kind === 'account');

/** Providers have addresses under several endings. */
const ENDINGS = ['com', 'de', 'net', 'fr', 'it', 'co.uk'];

function pageSite({ host, domain }: Site): PageSite {
  const [label = ''] = domain.split('.');
  return { host, domain, isFreeMail: [domain, ...ENDINGS.map((ending) => `${label}.${ending}`)].some(isFreeMail) };
}

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
    // What is made in the sample stays in it: nobody who has a CRM means that unless they say so.
    const connection = ready.find(({ entry }) => entry.crm !== 'sample') ?? ready[0];
    if (!connection) throw new AppError('connection.missing');
    return connection;
  }

  return {
    async 'creation.form'({ connectionId, object, tabId, text, link }) {
      const connection = await chosen(connectionId);
      await forms.requireAllowed(connection, object);
      const front = isAboutPage(object, text, link) ? await siteInFront(tabId) : null;
      return forms.form(connection, { object, site: front?.site ?? null, link });
    },
    async 'creation.prefill'({ object, tabId, text, link }) {
      const front = text !== null || isAboutPage(object, text, link) ? await siteInFront(tabId) : null;
      // On somebody else's platform the page speaks of the platform.
      const site = front && !front.site.page ? pageSite(front.site) : null;
      // Where nothing is to be looked up, nothing is read either.
      const isRead = front && site && text === null && !(await isSilenced(front.site));
      const page = isRead ? await runInTab(front.tabId, readPage) : null;
      return { site, page: isPageText(page) ? page : null };
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
