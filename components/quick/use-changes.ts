import { useState } from 'react';
import { request } from '@/lib/messaging/request';
import { toAppError } from '@/lib/shared/errors';
import type { Changes, RowChange, Values } from './changes';

type Kind = 'task' | 'opportunity';

export interface ChangeControls {
  changes: Changes;
  /** Changes a record; `force`: although somebody else has changed it meanwhile. */
  change: (object: Kind, id: string, values: Values, force?: boolean) => void;
  /** Puts back what the change has replaced. */
  undo: (object: Kind, id: string) => void;
  /** Nobody needs to see it any more. */
  dismiss: (id: string) => void;
}

/** Changes of the rows of one Account: shown at once, then as the CRM has answered. */
export function useChanges(connectionId: string): ChangeControls {
  const [changes, setChanges] = useState<Changes>({});
  const set = (id: string, change: RowChange) => setChanges((all) => ({ ...all, [id]: change }));

  async function send(object: Kind, id: string, values: Values, force: boolean): Promise<RowChange['state']> {
    try {
      const result = await request('creation.change', { connectionId, object, id, values, force });
      return result.kind === 'changed' ? { kind: 'done', before: result.before } : { kind: 'refused', result };
    } catch (error) {
      return { kind: 'failed', error: toAppError(error) };
    }
  }

  return {
    changes,
    change(object, id, values, force = false) {
      set(id, { values, state: { kind: 'sending' } });
      void send(object, id, values, force).then((state) => set(id, { values, state }));
    },
    undo(object, id) {
      const known = changes[id];
      if (known?.state.kind !== 'done') return;
      const { before } = known.state;
      set(id, { values: before, state: { kind: 'sending' } });
      void send(object, id, before, false).then((state) =>
        set(id, { values: before, state: state.kind === 'done' ? { kind: 'undone' } : state }),
      );
    },
    dismiss: (id) => setChanges(({ [id]: _gone, ...others }) => others),
  };
}
