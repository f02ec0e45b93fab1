import { createContext, type ReactNode } from 'react';
import type { OpportunityItem, TaskItem } from '@/lib/messaging/account-protocol';

/** What can be done with a row where records may be changed. In a page's sidebar nothing can: there is no such context there. */
export interface RowActions {
  /** The item as it is about to be: what was just changed is shown before the CRM has answered. */
  task: (item: TaskItem) => TaskItem;
  opportunity: (item: OpportunityItem) => OpportunityItem;
  /** What stands below the row, and the button that opens it. */
  below: (object: 'task' | 'opportunity', item: TaskItem | OpportunityItem) => ReactNode;
}

export const RowActionsContext = createContext<RowActions | null>(null);
