import type { ErrorCode } from '@/lib/shared/errors';

/** What a sync says while the user is not signed in to the CRM, for a login that is the browser's own. */
export const SIGNED_OUT = new Set<ErrorCode | undefined>(['auth.session-ended', 'auth.session-other']);

/** What a run says of a copy that has to be opened anew before anybody knows what is left of it. */
export const DAMAGED = new Set<ErrorCode | undefined>(['storage.unreadable', 'auth.damaged']);
