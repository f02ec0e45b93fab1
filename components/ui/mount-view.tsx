import type { ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { QueryClientProvider } from '@tanstack/react-query';
import { i18n } from '#i18n';
import { newQueryClient } from '../hooks/query-client';
import { ErrorBoundary } from './ErrorBoundary';

/** Tells the page the language of the texts and its direction: the browser may speak another one, which Sidelight does not. */
export function tellLanguage(): void {
  document.documentElement.lang = i18n.t('language');
  document.documentElement.dir = i18n.t('direction');
}

/** Starts a view in its page. */
export function mountView(view: ReactNode): void {
  const place = document.getElementById('root');
  if (!place) return;
  tellLanguage();
  createRoot(place).render(
    <ErrorBoundary>
      <QueryClientProvider client={newQueryClient()}>{view}</QueryClientProvider>
    </ErrorBoundary>,
  );
}
