import type { FormDraft, OutboxEntryView } from '@/lib/messaging/outbox-protocol';
import { OutboxRow } from './OutboxRow';

export interface OutboxListProps {
  entries: readonly OutboxEntryView[];
  onEdit: (draft: FormDraft, name: string) => void;
}

/** The records on their way, the newest first. */
export function OutboxList({ entries, onEdit }: OutboxListProps) {
  return (
    <ul className="max-h-72 divide-y divide-hairline overflow-y-auto border-t border-hairline bg-subtle">
      {entries.map((entry) => (
        <OutboxRow key={`${entry.connectionId} ${entry.id}`} entry={entry} onEdit={onEdit} />
      ))}
    </ul>
  );
}
