import type { BasisRequests } from '@/lib/messaging/basis-protocol';
import { templateInFile } from '@/lib/messaging/basis-schemas';
import type { Handlers } from '@/lib/messaging/router';
import { createSuppressionList } from '@/lib/privacy/suppression';
import type { Clock } from '@/lib/shared/clock';
import { AppError } from '@/lib/shared/errors';
import type { Connections } from './connections';
import { forgetNotice, noticesOf } from './notices';
import { keepTemplate, requireTemplate, rulesOf, templateOf } from './basis-rules';

interface Options {
  connections: Pick<Connections, 'get' | 'ready'>;
  clock: Clock;
}

/** What is asked about the company's answers, the list of people who must not be stored again, and notices. */
export function createBasisHandlers({ connections, clock }: Options): Pick<Handlers, keyof BasisRequests> {
  return {
    async 'basis.template'({ connectionId }) {
      const { template, isTemplateRequired: isRequired } = await rulesOf(await connections.get(connectionId));
      return { template, isRequired };
    },
    async 'basis.requireTemplate'({ connectionId, on }) {
      await requireTemplate(await connections.get(connectionId), on);
      return null;
    },
    async 'basis.saveTemplate'({ connectionId, texts }) {
      const connection = await connections.get(connectionId);
      // Answers that were lost begin again: a basis names the words it rests on as well as their number.
      const before = await templateOf(connection).catch(() => null);
      return keepTemplate(connection, { ...texts, version: (before?.version ?? 0) + 1 });
    },
    async 'basis.importTemplate'({ connectionId, text }) {
      const template = templateInFile(text);
      if (!template) throw new AppError('basis.template-invalid');
      return keepTemplate(await connections.get(connectionId), template);
    },
    async 'basis.suppressed'({ connectionId }) {
      const { copy } = await connections.get(connectionId);
      return { count: await createSuppressionList(copy.boxes).count() };
    },
    async 'basis.suppress'({ connectionId, contact, on }) {
      const { copy } = await connections.get(connectionId);
      const list = createSuppressionList(copy.boxes);
      if (!(await (on ? list.add(contact) : list.remove(contact)))) throw new AppError('basis.contact-invalid');
      return { count: await list.count() };
    },
    async 'basis.resetSuppressed'({ connectionId }) {
      const { copy } = await connections.get(connectionId);
      const list = createSuppressionList(copy.boxes);
      await list.reset();
      return { count: await list.count() };
    },
    async 'notices.list'() {
      const now = clock.now();
      const lists = await Promise.all((await connections.ready()).map((connection) => noticesOf(connection, now)));
      return lists.flat().sort((a, b) => a.due.localeCompare(b.due));
    },
    async 'notices.dismiss'({ connectionId, taskId }) {
      await forgetNotice(await connections.get(connectionId), taskId);
      return null;
    },
  };
}
