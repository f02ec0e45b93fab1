import type { ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { QueryClientProvider } from '@tanstack/react-query';
import { i18n } from '#i18n';
import { newQueryClient } from '../hooks/query-client';
import { ErrorBoundary } from './ErrorBoundary';

/** Starts a view in its page. */
export function mountView(view: ReactNode): void {
  const place = document.getElementById('root');
  if (!place) return;
  document.documentElement.lang = i18n.t('language');
  document.documentElement.dir = i18n.t('direction');
  createRoot(place).render(
    <ErrorBoundary>
      <QueryClientProvider client={newQueryClient()}>{view}</QueryClientProvider>
    </ErrorBoundary>,
  );
}
