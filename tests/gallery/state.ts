import type { Page } from '@playwright/test';
import type { Reply, RequestName } from '@/lib/messaging/protocol';
import type { ErrorCode } from '@/lib/shared/errors';

type Answer<N extends RequestName> = Reply<N> | 'never';

/** One answer, or one for each time it is asked; `never` keeps the view waiting. */
export type Answers = { [N in RequestName]?: Answer<N> | Answer<N>[] };

/** One state of a view: the answers of the background that lead to it, and what the user does to get there. */
export interface State {
  id: string;
  view: 'sidebar' | 'popup' | 'options';
  answers: Answers;
  /** The section of the options page. */
  section?: string;
  /** The browser's own question is answered with no. */
  accessDenied?: boolean;
  act?: (page: Page) => Promise<void>;
}

export const ok = <V>(value: V): { ok: true; value: V } => ({ ok: true, value });
export const no = (code: ErrorCode): { ok: false; code: ErrorCode } => ({ ok: false, code });
