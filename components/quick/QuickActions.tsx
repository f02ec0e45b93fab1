import { useState, type ReactNode } from 'react';
import { Pencil } from 'lucide-react';
import { i18n } from '#i18n';
import type { OpportunityItem, TaskItem } from '@/lib/messaging/account-protocol';
import { RowActionsContext } from '../account/row-actions';
import { Button } from '../ui/Button';
import { readable } from '../ui/text';
import { changedOpportunity, changedTask, valuesOfItem } from './changes';
import { RowEditor } from './RowEditor';
import { RowNews } from './RowNews';
import { useChanges } from './use-changes';

interface Props {
  connectionId: string;
  children: ReactNode;
}

/** Lets the rows of an Account below it be changed: shown at once, taken back by a press, and never over somebody else's work. */
export function QuickActions({ connectionId, children }: Props) {
  const { changes, change, undo, dismiss } = useChanges(connectionId);
  const [editing, setEditing] = useState<string | null>(null);

  const below = (object: 'task' | 'opportunity', item: TaskItem | OpportunityItem) => {
    const known = Object.hasOwn(changes, item.id) ? changes[item.id] : undefined;
    if (editing === item.id)
      return (
        <RowEditor
          connectionId={connectionId}
          object={object}
          values={valuesOfItem(item)}
          onCancel={() => setEditing(null)}
          onSave={(values) => {
            setEditing(null);
            change(object, item.id, values);
          }}
        />
      );
    return (
      <>
        <EditButton name={nameOf(item)} onClick={() => setEditing(item.id)} />
        {known && (
          <RowNews
            change={known}
            onUndo={() => undo(object, item.id)}
            onForce={() => change(object, item.id, known.values, known.state.kind === 'refused')}
            onDismiss={() => dismiss(item.id)}
          />
        )}
      </>
    );
  };
  return (
    <RowActionsContext
      value={{
        task: (item) => changedTask(changes, item),
        opportunity: (item) => changedOpportunity(changes, item),
        below,
      }}
    >
      {children}
    </RowActionsContext>
  );
}

const nameOf = (item: TaskItem | OpportunityItem): string =>
  readable(('subject' in item ? item.subject : item.name) ?? '') || i18n.t('common.noName');

interface EditProps {
  name: string;
  onClick: () => void;
}

function EditButton({ name, onClick }: EditProps) {
  const words = i18n.t('quick.change');
  return (
    <Button size="small" look="quiet" onClick={onClick} aria-label={`${words}: ${name}`} className="-ms-2">
      <Pencil aria-hidden="true" className="size-3" strokeWidth={1.75} />
      {words}
    </Button>
  );
}
