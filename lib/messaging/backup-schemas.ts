import * as z from 'zod/mini';
import type { BackupRequests } from './backup-protocol';

/** Run-time checks of the requests about files of settings, for the router alone. What is in a file is checked behind it. */
const nothing = z.strictObject({});
const text = z.string().check(z.maxLength(1_000_000));
/** Base64 of 32 bytes. */
const digest = z.string().check(z.regex(/^[A-Za-z0-9+/]{43}=$/));

export const BACKUP_SCHEMAS: { [N in keyof BackupRequests]: z.ZodMiniType<BackupRequests[N]['in']> } = {
  'backup.make': nothing,
  'backup.check': z.strictObject({ text }),
  'backup.apply': z.strictObject({ text, digest }),
  'diagnostics.make': nothing,
};
