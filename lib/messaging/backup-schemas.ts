import * as z from 'zod/mini';
import type { BackupRequests } from './backup-protocol';

/** Run-time checks of the requests about files of settings, for the router alone. What is in a file is checked behind it. */
const nothing = z.strictObject({});
const file = z.strictObject({ text: z.string().check(z.maxLength(1_000_000)) });

export const BACKUP_SCHEMAS: { [N in keyof BackupRequests]: z.ZodMiniType<BackupRequests[N]['in']> } = {
  'backup.make': nothing,
  'backup.check': file,
  'backup.apply': file,
  'diagnostics.make': nothing,
};
