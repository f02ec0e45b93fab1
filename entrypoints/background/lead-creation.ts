import type { ObjectDescription } from '@/lib/connectors/connector';
import { leadFormFields, leadValues } from '@/lib/creation/lead-form';
import { leadFromText } from '@/lib/creation/lead-from-text';
import { companyName, type PageFacts, type Suggestion } from '@/lib/creation/page-prefill';
import type { CreateResult, LeadForm, Requests } from '@/lib/messaging/protocol';
import type { Site } from '@/lib/messaging/site-protocol';
import { basisNote, isSufficient } from '@/lib/privacy/legal-basis';
import { toAppError } from '@/lib/shared/errors';
import { logFailure } from '@/lib/shared/logger';
import { readCheckpoint } from '@/lib/sync/checkpoint';
import type { LiveConnection } from './connections';
import { crmLabel } from './crm-label';
import { basisWords, fieldSentences, formSentence } from './lead-words';
import { localDay } from './summaries';

const DESCRIBED_FOR_MS = 10 * 60_000;
const BASIS_FIELD = 'Description';

/**
 * The form for a new Lead, and sending it. Descriptions are kept in memory for ten minutes. `onCopied` is called when a Lead that
 * was sent is in the copy too.
 */
export function createLeadCreation(now: () => number, onCopied: () => void) {
  const descriptions = new Map<string, { at: number; description: ObjectDescription }>();

  async function described(connection: LiveConnection): Promise<ObjectDescription> {
    const known = descriptions.get(connection.entry.id);
    if (known && now() - known.at < DESCRIBED_FOR_MS) return known.description;
    const description = await connection.connector.describe('lead');
    descriptions.set(connection.entry.id, { at: now(), description });
    return description;
  }

  return {
    /** Drops what is kept in memory. */
    forget: () => descriptions.clear(),
    async form(connection: LiveConnection, site: Site | null, facts: PageFacts | null, text: string | null): Promise<LeadForm> {
      const description = await described(connection);
      const fromSite: Record<string, Suggestion> = site
        ? {
            Company: companyName(facts, site.domain),
            Website: { value: `https://${site.host}`, source: 'site-address' },
          }
        : {};
      const suggestions = text === null ? fromSite : leadFromText(text);
      const { entry, profile } = connection;
      const fields = leadFormFields(description, suggestions);
      return { connectionId: entry.id, crmLabel: crmLabel(entry.crm), orgName: profile.orgName, site, fields };
    },

    /** Sends a Lead with its legal basis. Bad input comes back as a value and costs no call. */
    async create(connection: LiveConnection, lead: Omit<Requests['lead.create']['in'], 'connectionId'>): Promise<CreateResult> {
      const { values: typed, basis, source, allowDuplicate } = lead;
      const description = await described(connection);
      const { values, problems } = leadValues(description, typed);
      const fieldErrors = fieldSentences(problems);
      if (!isSufficient(basis)) return { kind: 'invalid', fieldErrors, formErrors: [formSentence('no-reason')] };
      if (Object.keys(problems).length > 0) return { kind: 'invalid', fieldErrors, formErrors: [] };
      if (!description.fields.some((field) => field.name === BASIS_FIELD)) {
        return { kind: 'invalid', fieldErrors: {}, formErrors: [formSentence('no-description')] };
      }
      const note = basisNote(basis, localDay(now()), source, basisWords());
      const words = typeof values[BASIS_FIELD] === 'string' ? `${values[BASIS_FIELD]}\n\n${note}` : note;
      const outcome = await connection.connector.create('lead', { ...values, [BASIS_FIELD]: words }, { allowDuplicate });
      if (outcome.kind === 'invalid') return outcome;
      if (outcome.kind === 'duplicates') return { ...outcome, matches: await namedMatches(connection, outcome.matches) };
      const name = [typed.FirstName, typed.LastName].filter((part) => part?.trim()).join(' ');
      // Not waited for: whatever becomes of it, the Lead exists, and whoever is told of a failure sends it a second time.
      copyCreated(connection, outcome.id)
        .then((isCopied) => isCopied && onCopied())
        .catch((error) => logFailure(toAppError(error)));
      return { kind: 'created', id: outcome.id, url: connection.connector.recordUrl('lead', outcome.id), name };
    },
  };
}

export type LeadCreation = ReturnType<typeof createLeadCreation>;

/** Brings the new Lead into the copy. When that fails the next sync brings it. True when it is there. */
async function copyCreated({ connector, copy, runner }: LiveConnection, id: string): Promise<boolean> {
  const checkpoint = readCheckpoint(await copy.store.checkpoint('lead'));
  if (!checkpoint) return false;
  const record = await connector.read('lead', id, checkpoint.fields);
  if (!record) return false;
  // Before as well: a run that looks between the two would take what is being written for old.
  runner.overtaken.note('lead', [id]);
  await copy.store.apply({ object: 'lead', upserts: [record], deletions: [], newBefore: null });
  runner.overtaken.note('lead', [id]);
  return true;
}

async function namedMatches({ connector, copy }: LiveConnection, matches: { object: string; id: string }[]) {
  return Promise.all(
    matches.map(async ({ object, id }) => {
      const kind = object === 'Contact' ? 'contact' : object === 'Account' ? 'account' : 'lead';
      const known = await copy.store.get(kind, id);
      return { id, object, name: known?.fields.name ?? null, url: connector.recordUrl(kind, id) };
    }),
  );
}
