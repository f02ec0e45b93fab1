import type { QueryClient } from '@tanstack/react-query';

/** Drops what forms were made of and filled with, so that the next one is asked for anew. */
export function forgetForms(client: QueryClient): void {
  client.removeQueries({ queryKey: ['creation.form'] });
  client.removeQueries({ queryKey: ['creation.prefill'] });
}
