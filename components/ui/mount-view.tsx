import type { ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { QueryClientProvider } from '@tanstack/react-query';
import { i18n } from '#i18n';
import { type Ahead, askAhead } from '../hooks/ask-ahead';
import { newQueryClient } from '../hooks/query-client';
import { ErrorBoundary } from './ErrorBoundary';

/** How long the first paint waits for the answers that it would be empty without, in ms. A worker that sleeps takes longer. */
const PATIENCE_MS = 120;

/** Tells the page the language of the texts and its direction: the browser may speak another one, which Sidelight does not. */
export function tellLanguage(): void {
  document.documentElement.lang = i18n.t('language');
  document.documentElement.dir = i18n.t('direction');
}

/** Starts a view in its page. `first` is what the view asks first: asked all at once, and before anything is drawn. */
export async function mountView(view: ReactNode, first: readonly Ahead[] = []): Promise<void> {
  const place = document.getElementById('root');
  if (!place) return;
  tellLanguage();
  const client = newQueryClient();
  if (first.length > 0) await Promise.race([askAhead(client, first), new Promise((done) => setTimeout(done, PATIENCE_MS))]);
  createRoot(place).render(
    <ErrorBoundary>
      <QueryClientProvider client={client}>{view}</QueryClientProvider>
    </ErrorBoundary>,
  );
}
