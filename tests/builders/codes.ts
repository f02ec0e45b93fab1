import { AppError, type ErrorCode } from '@/lib/shared/errors';

/** The code with which `work` fails, or a sentence that says what happened in its place. */
export async function codeOf(work: Promise<unknown> | (() => unknown)): Promise<ErrorCode | string> {
  try {
    await (typeof work === 'function' ? work() : work);
    return 'it did not fail';
  } catch (error) {
    return error instanceof AppError ? error.code : `not of the table: ${error}`;
  }
}
