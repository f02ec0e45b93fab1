import { i18n } from '#i18n';
import type { ConnectionSummary } from '@/lib/messaging/protocol';

export type ObjectKind = keyof ConnectionSummary['counts'];

/** What is counted for the user, in the order of the page. Users of the CRM are copied only to name owners. */
export const COUNTED = ['account', 'contact', 'lead', 'opportunity', 'task'] as const satisfies readonly ObjectKind[];

/** Everything that is copied, and so everything that goes. */
export const COPIED = [...COUNTED, 'user'] as const satisfies readonly ObjectKind[];

/** The plural name of an object: "Accounts". */
export function objectsName(object: ObjectKind): string {
  return i18n.t(`objects.${object}`);
}
