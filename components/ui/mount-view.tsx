import type { ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { i18n } from '#i18n';
import { newQueryClient } from '../hooks/query-client';
import { ErrorBoundary } from './ErrorBoundary';

/** How long the first paint waits for the answers that it would be empty without, in ms. A worker that sleeps takes longer. */
const PATIENCE_MS = 120;

interface Start {
  /** What the view asks first. Asked all at once, before anything is drawn, so that what is painted first is of use. */
  first?: (client: QueryClient) => Promise<unknown>;
}

/** Starts a view in its page. */
export async function mountView(view: ReactNode, { first }: Start = {}): Promise<void> {
  const place = document.getElementById('root');
  if (!place) return;
  document.documentElement.lang = i18n.t('language');
  document.documentElement.dir = i18n.t('direction');
  const client = newQueryClient();
  if (first) await Promise.race([first(client), new Promise((done) => setTimeout(done, PATIENCE_MS))]);
  createRoot(place).render(
    <ErrorBoundary>
      <QueryClientProvider client={client}>{view}</QueryClientProvider>
    </ErrorBoundary>,
  );
}
