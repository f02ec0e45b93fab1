import type { SampleKeeper } from '@/lib/connectors/sample';
import { AppError } from '@/lib/shared/errors';
import type { ConnectionCopy } from '@/lib/storage/connection-copy';

/** A box that is damaged is as good as none: the sample begins anew, and the next sync tells the copy. */
export function sampleKeeper({ boxes }: Pick<ConnectionCopy, 'boxes'>): SampleKeeper {
  return {
    load: () => boxes.get('sample-changes').catch(ifDamaged),
    save: (changes) => boxes.put('sample-changes', changes),
  };
}

function ifDamaged(error: unknown): null {
  if (error instanceof AppError && error.code === 'vault.tampered') return null;
  throw error;
}
