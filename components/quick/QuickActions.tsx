import { useState, type ReactNode } from 'react';
import { Pencil } from 'lucide-react';
import { i18n } from '#i18n';
import type { OpportunityItem, TaskItem } from '@/lib/messaging/account-protocol';
import { RowActionsContext } from '../account/row-actions';
import { IconButton } from '../ui/IconButton';
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
      known && (
        <RowNews
          change={known}
          onUndo={() => undo(object, item.id)}
          onForce={() => change(object, item.id, known.values, known.state.kind === 'refused')}
          onDismiss={() => dismiss(item.id)}
        />
      )
    );
  };
  const toggle = (id: string) => setEditing(editing === id ? null : id);
  return (
    <RowActionsContext
      value={{
        task: (item) => changedTask(changes, item),
        opportunity: (item) => changedOpportunity(changes, item),
        button: (item) => <EditButton name={nameOf(item)} isOpen={editing === item.id} onClick={() => toggle(item.id)} />,
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
  isOpen: boolean;
  onClick: () => void;
}

/** No taller than the line that it stands in, so that no row grows by it. */
function EditButton({ name, isOpen, onClick }: EditProps) {
  return (
    <IconButton
      icon={Pencil}
      label={`${i18n.t('quick.change')}: ${name}`}
      aria-expanded={isOpen}
      onClick={onClick}
      className="-my-1 -me-1.5 size-6 self-start [&_svg]:size-3.5"
    />
  );
}
