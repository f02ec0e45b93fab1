import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it, vi } from 'vitest';
import type { SyncSchedule as Schedule } from '@/lib/messaging/protocol';

vi.stubGlobal('navigator', { language: 'en-US' });
vi.mock('wxt/browser', async () => ({ browser: (await import('wxt/testing/fake-browser')).fakeBrowser }));
const { SyncSchedule } = await import('@/components/sync/SyncSchedule');

function html(schedule: Schedule): string {
  const client = new QueryClient();
  client.setQueryData(['sync.schedule', {}], schedule);
  return renderToStaticMarkup(
    <QueryClientProvider client={client}>
      <SyncSchedule />
    </QueryClientProvider>,
  );
}

it('shows how often copies are brought up to date', () => {
  const shown = html({ hours: 168, holds: 168, keepDays: 30 });
  expect(shown).toContain('<option value="168" selected="">every week</option>');
  expect(shown).not.toContain('In fact');
});

it('says when that is more often in fact, and why', () => {
  expect(html({ hours: 168, holds: 84, keepDays: 7 })).toContain(
    'In fact every 84 hours: records are deleted after 7 days without a sync (Privacy).',
  );
  expect(html({ hours: 24, holds: 12, keepDays: 1 })).toContain(
    'In fact every 12 hours: records are deleted after 1 day without',
  );
});
