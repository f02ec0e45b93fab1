import { createContext, type ReactNode } from 'react';
import type { OpportunityItem, TaskItem } from '@/lib/messaging/account-protocol';

/** What can be done with a row where records may be changed. In a page's sidebar nothing can: there is no such context there. */
export interface RowActions {
  /** The item as it is about to be: what was just changed is shown before the CRM has answered. */
  task: (item: TaskItem) => TaskItem;
  opportunity: (item: OpportunityItem) => OpportunityItem;
  /** The button at the end of the row's first line. */
  button: (item: TaskItem | OpportunityItem) => ReactNode;
  /** What stands below the row: the fields that can be changed, or what has become of it. */
  below: (object: 'task' | 'opportunity', item: TaskItem | OpportunityItem) => ReactNode;
}

export const RowActionsContext = createContext<RowActions | null>(null);
