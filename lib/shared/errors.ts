/**
 * The one table of error codes. A code names a cause; `retry` says whether the same call may succeed later
 * without the user doing anything; `sentence` is what the user reads and always says what to do next.
 * Nothing that comes from a record, a token or a URL's query may be put into an error.
 */
const TABLE = {
  'auth.cancelled': { retry: false, sentence: 'The login window was closed. Press Connect to try again.' },
  'auth.denied': {
    retry: false,
    sentence: 'The login was refused. Ask your CRM admin to allow this app for you, then connect again.',
  },
  'auth.app-unknown': {
    retry: false,
    sentence: 'The CRM does not know this consumer key. Copy it again from your External Client App and check the login host.',
  },
  'auth.redirect-mismatch': {
    retry: false,
    sentence: 'The app in your CRM lacks the callback URL shown on this page. Ask your admin to add it, then connect again.',
  },
  'auth.answer-invalid': {
    retry: false,
    sentence: 'The login answer did not fit the login that was started, so it was refused. Press Connect to start again.',
  },
  'auth.foreign-instance': {
    retry: false,
    sentence:
      'The login pointed to a server outside Salesforce, so nothing was stored. Check the login host and tell your admin.',
  },
  'auth.other-org': {
    retry: false,
    sentence: 'This login belongs to another organisation than before. Disconnect first if you want to switch organisations.',
  },
  'auth.reconnect': { retry: false, sentence: 'Your CRM login has ended. Open Options and press Reconnect.' },
  'auth.host-invalid': { retry: false, sentence: 'Enter a My Domain host such as acme.my.salesforce.com.' },
  'access.host-denied': {
    retry: false,
    sentence: 'The browser has not been given access to the CRM’s address. Press Connect again and choose Allow.',
  },
  'crm.offline': { retry: true, sentence: 'The CRM cannot be reached. Check your connection; Sidelight tries again by itself.' },
  'crm.timeout': { retry: true, sentence: 'The CRM took too long to answer. Sidelight tries again by itself.' },
  'crm.unavailable': { retry: true, sentence: 'The CRM is not available at the moment. Sidelight tries again by itself.' },
  'crm.busy': { retry: true, sentence: 'The CRM asked to slow down. Sidelight goes on when it allows.' },
  'crm.limit': {
    retry: true,
    sentence: 'Your organisation has used up its API calls for now. Sidelight goes on when the limit resets.',
  },
  'crm.reserve': {
    retry: true,
    sentence:
      'Your organisation has few API calls left today, so Sidelight leaves the rest to others and goes on later. The reserve can be changed in Options.',
  },
  'crm.answer-unreadable': {
    retry: true,
    sentence:
      'The CRM sent something that is not an answer, perhaps a maintenance or network login page. Open the CRM in a tab, then try again.',
  },
  'crm.answer-too-large': {
    retry: false,
    sentence: 'The CRM’s answer was larger than Sidelight accepts. Try again, and report this if it stays.',
  },
  'crm.forbidden': { retry: false, sentence: 'Your CRM user may not do this. Ask your CRM admin for access.' },
  'crm.object-missing': {
    retry: false,
    sentence: 'Your CRM user cannot see this kind of record. Ask your CRM admin for access.',
  },
  'crm.refused': {
    retry: false,
    sentence: 'The CRM refused the request. Try again; if it stays, show this message to your CRM admin.',
  },
  'crm.conflict': { retry: true, sentence: 'The record is locked by another change. Try again in a moment.' },
  'sync.interrupted': {
    retry: true,
    sentence:
      'The browser stopped the sync several times before it got anywhere. Sidelight tries again by itself, in smaller steps.',
  },
  'egress.blocked': {
    retry: false,
    sentence: 'A call to an address outside your CRM was stopped. Disconnect, connect again, and report this.',
  },
  'storage.quota': { retry: false, sentence: 'The disk or the browser’s storage is full. Free some space, then press Sync now.' },
  'storage.unreadable': {
    retry: false,
    sentence: 'The local copy is damaged. Disconnect and connect again; nothing in your CRM is touched.',
  },
  'storage.evicted': {
    retry: false,
    sentence:
      'The browser has removed the local copy, perhaps to free space. Disconnect and connect again; your CRM has everything.',
  },
  'storage.newer-version': { retry: false, sentence: 'The local copy was written by a newer Sidelight. Update the extension.' },
  'vault.tampered': {
    retry: false,
    sentence: 'A part of the local copy did not pass its check and was refused. Press Sync now to fetch it again.',
  },
  'vault.locked': { retry: false, sentence: 'Sidelight is locked. Unlock it to see your CRM’s data.' },
  'vault.wrong-passphrase': { retry: false, sentence: 'This is not the passphrase. Nothing was changed.' },
  'vault.passphrase-weak': {
    retry: false,
    sentence: 'This passphrase is too easy to guess. Use at least 12 characters, best four words that do not belong together.',
  },
  'vault.change-failed': {
    retry: true,
    sentence: 'The protection could not be changed, so everything is as it was. Try again.',
  },
  'vault.busy': { retry: true, sentence: 'The protection is being changed. Try again when that is done.' },
  'vault.passkey-unsupported': {
    retry: false,
    sentence: 'This passkey cannot keep a key for Sidelight. Try another one, or unlock with the passphrase.',
  },
  'vault.passkey-cancelled': { retry: false, sentence: 'The passkey was not used. Try again, or use the passphrase.' },
  'vault.passkey-unknown': {
    retry: false,
    sentence: 'This passkey does not open Sidelight any more. Use the passphrase, then set the passkey up anew.',
  },
  'message.refused': { retry: false, sentence: 'This view may not ask for that. Close it and open it again.' },
  'message.invalid': { retry: false, sentence: 'The request was not understood. Reload the page or reopen the popup.' },
  'selection.invalid': {
    retry: false,
    sentence:
      'The choice of Accounts names a field that your CRM user cannot see, or a value that does not fit it. Change “Which Accounts” in Options.',
  },
  'connection.missing': { retry: false, sentence: 'This connection is gone. Open Options and connect your CRM again.' },
  'connection.exists': {
    retry: false,
    sentence: 'This organisation is already connected. Disconnect it first to connect it anew.',
  },
  'record.missing': { retry: false, sentence: 'This record is no longer in the local copy. Press Sync now.' },
  'create.invalid': {
    retry: false,
    sentence: 'Some fields need another look. They are marked below; what you typed is still here.',
  },
  'create.duplicate': {
    retry: false,
    sentence: 'Your CRM already has a record like this. Open it, or create this one anyway if the rule allows it.',
  },
  'create.unclear': {
    retry: false,
    sentence:
      'The connection broke while the record was sent, so it may exist already. Look for it in your CRM before you send it again.',
  },
  unexpected: { retry: false, sentence: 'Something went wrong that Sidelight does not know. Try again; if it stays, report it.' },
} as const satisfies Record<string, { retry: boolean; sentence: string }>;

export type ErrorCode = keyof typeof TABLE;

/** Every code there is, for tests and for checking what came over the wire. */
export const ERROR_CODES = Object.keys(TABLE) as readonly ErrorCode[];

/** The sentence that tells the user what to do about `code`. */
export function sentenceFor(code: ErrorCode): string {
  return TABLE[code].sentence;
}

/** Whether the same call may succeed later without the user doing anything. */
export function mayRetry(code: ErrorCode): boolean {
  return TABLE[code].retry;
}

/** True when `value` is one of the codes of the table. */
export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(TABLE, value);
}

/** An error with a code of the table. `retryAfterMs` is the wait the server asked for, if it did. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode, options: { cause?: unknown; retryAfterMs?: number | undefined } = {}) {
    super(code, { cause: options.cause });
    this.code = code;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** `error` itself when it has a code, else an `unexpected` that keeps it as its cause. */
export function toAppError(error: unknown): AppError {
  return error instanceof AppError ? error : new AppError('unexpected', { cause: error });
}
