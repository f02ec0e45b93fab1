/** What the REST handlers read from a request. */
import type { Context } from 'hono';
import { apiError } from '../http/api-error.ts';
import type { SandboxEnv, SandboxState } from '../state.ts';
import { duplicateOptions } from './duplicates.ts';
import type { Body, SaveCall } from './save.ts';

export type DataContext = Context<SandboxEnv>;

export const baseOf = (c: DataContext) => `/services/data/${c.req.param('version') ?? ''}`;

/** What a save needs to know of the request that asks for it. */
export const saveCall = (state: SandboxState, c: DataContext): SaveCall => ({
  state,
  userId: c.get('token').userId,
  duplicates: duplicateOptions(c.req.header('sforce-duplicate-rule-header'), baseOf(c)),
  autoAssign: c.req.header('sforce-auto-assign')?.toUpperCase() !== 'FALSE',
});

/** The JSON object of a body. @throws ApiError JSON_PARSER_ERROR */
export async function bodyOf(c: DataContext): Promise<Body> {
  const body: unknown = await c.req.json().catch(() => undefined);
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Body;
  throw apiError(400, 'JSON_PARSER_ERROR', 'Unexpected character at [line:1, column:1]');
}
