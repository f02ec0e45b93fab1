import type { CreateOutcome } from '@/lib/connectors/connector';
import type { CreateValue } from '@/lib/connectors/creation-contract';
import type { LegalBasis } from '@/lib/messaging/protocol';
import { basisNote, isSufficient } from '@/lib/privacy/legal-basis';
import { toAppError } from '@/lib/shared/errors';
import { logFailure } from '@/lib/shared/logger';
import type { LiveConnection } from './connections';
import { copyRecord } from './copy-record';
import { basisWords, formSentence } from './lead-words';
import { localDay } from './summaries';

const BASIS_FIELD = 'Description';

/** A Lead as it is sent. */
export interface NewLead {
  values: Record<string, CreateValue>;
  basis: LegalBasis;
  source: string | null;
  allowDuplicate: boolean;
}

/** Sends new Leads with their legal basis. `onCopied` is called when a Lead that was sent is in the copy too. */
export function createLeadCreation(now: () => number, onCopied: () => void) {
  return {
    /** Bad input comes back as a value and costs no call. */
    async create(connection: LiveConnection, { values, basis, source, allowDuplicate }: NewLead): Promise<CreateOutcome> {
      if (!isSufficient(basis)) return { kind: 'invalid', fieldErrors: {}, formErrors: [formSentence('no-reason')] };
      const note = basisNote(basis, localDay(now()), source, basisWords());
      const typed = values[BASIS_FIELD];
      const words = typeof typed === 'string' ? `${typed}\n\n${note}` : note;
      const outcome = await connection.connector.create('lead', { ...values, [BASIS_FIELD]: words }, { allowDuplicate });
      // Not waited for: whatever becomes of it, the Lead exists, and whoever is told of a failure sends it a second time.
      if (outcome.kind === 'created') {
        copyRecord(connection, 'lead', outcome.id)
          .then((isCopied) => isCopied && onCopied())
          .catch((error) => logFailure(toAppError(error)));
      }
      return outcome;
    },
  };
}

export type LeadCreation = ReturnType<typeof createLeadCreation>;
