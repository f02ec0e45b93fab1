/**
 * The one table of error codes. A code names a cause; `retry` says whether the same call may succeed later
 * without the user doing anything. What the user reads about it stands in locales/ under `error`, by code, and always says what
 * to do next.
 * Nothing that comes from a record, a token or a URL's query may be put into an error.
 */
const TABLE = {
  'auth.cancelled': { retry: false },
  'auth.denied': { retry: false },
  'auth.app-unknown': { retry: false },
  'auth.redirect-mismatch': { retry: false },
  'auth.answer-invalid': { retry: false },
  'auth.foreign-instance': { retry: false },
  'auth.other-org': { retry: false },
  'auth.reconnect': { retry: false },
  'auth.damaged': { retry: false },
  'auth.no-session': { retry: false },
  'auth.session-ended': { retry: false },
  'auth.session-other': { retry: false },
  'auth.host-invalid': { retry: false },
  'auth.address-invalid': { retry: false },
  'auth.key-invalid': { retry: false },
  'access.host-denied': { retry: false },
  'crm.offline': { retry: true },
  'crm.timeout': { retry: true },
  'crm.unavailable': { retry: true },
  'crm.busy': { retry: true },
  'crm.limit': { retry: true },
  'crm.reserve': { retry: true },
  'crm.answer-unreadable': { retry: true },
  'crm.answer-too-large': { retry: false },
  'crm.forbidden': { retry: false },
  'crm.object-missing': { retry: false },
  'crm.refused': { retry: false },
  'crm.conflict': { retry: true },
  'sync.interrupted': { retry: true },
  'egress.blocked': { retry: false },
  'storage.quota': { retry: false },
  'storage.unreadable': { retry: false },
  'storage.evicted': { retry: false },
  'storage.newer-version': { retry: false },
  'vault.tampered': { retry: false },
  'vault.locked': { retry: false },
  'vault.wrong-passphrase': { retry: false },
  'vault.passphrase-weak': { retry: false },
  'vault.change-failed': { retry: true },
  'vault.busy': { retry: true },
  'vault.passkey-unsupported': { retry: false },
  'vault.passkey-cancelled': { retry: false },
  'vault.passkey-unknown': { retry: false },
  'message.refused': { retry: false },
  'message.invalid': { retry: false },
  'selection.invalid': { retry: false },
  'selection.damaged': { retry: false },
  'decisions.damaged': { retry: false },
  'policy.refused': { retry: false },
  'policy.login': { retry: false },
  'connection.missing': { retry: false },
  'connection.exists': { retry: false },
  'record.missing': { retry: false },
  'create.invalid': { retry: false },
  'create.duplicate': { retry: false },
  'create.unclear': { retry: false },
  'basis.template-invalid': { retry: false },
  'basis.template-damaged': { retry: false },
  'basis.contact-invalid': { retry: false },
  'suppression.damaged': { retry: false },
  'erased.damaged': { retry: false },
  'objections.damaged': { retry: false },
  'person.unclear': { retry: false },
  'person.several': { retry: false },
  'person.not-kept-out': { retry: false },
  'person.overtaken': { retry: true },
  'outbox.missing': { retry: false },
  'outbox.under-way': { retry: true },
  'outbox.too-late': { retry: false },
  'outbox.full': { retry: false },
  'outbox.damaged': { retry: false },
  'backup.unreadable': { retry: false },
  'backup.newer': { retry: false },
  'backup.overtaken': { retry: false },
  'backup.incomplete': { retry: false },
  'sample.exists': { retry: false },
  unexpected: { retry: false },
} as const satisfies Record<string, { retry: boolean }>;

export type ErrorCode = keyof typeof TABLE;

/** Every code there is, for tests and for checking what came over the wire. */
export const ERROR_CODES = Object.keys(TABLE) as readonly ErrorCode[];

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
