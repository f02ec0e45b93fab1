import { describe, expect, it } from 'vitest';
import { mayRefresh, showsAccount } from '@/components/hooks/use-live-updates';
import type { RequestName } from '@/lib/messaging/protocol';

const query = (name: RequestName) => ({ queryKey: [name, {}] });

describe('when something changed', () => {
  it.each([
    'site.state',
    'sidebar.open',
    'connections.list',
    'outbox.list',
    'selection.get',
    'sync.history',
    'sync.held',
  ] as const)('%s is asked for again', (name) => expect(mayRefresh(query(name))).toBe(true));

  it.each([
    'creation.form',
    'creation.prefill',
    'creation.lookUp',
    'creation.changeable',
    'draft.load',
    'errand.take',
    'selection.fields',
    'selection.preview',
    'privacy.ages',
  ] as const)('%s is not', (name) => expect(mayRefresh(query(name))).toBe(false));
});

describe('when the CRM has answered about an Account', () => {
  it.each(['site.state', 'sidebar.open', 'sidebar.account', 'account.view'] as const)('%s is asked for again', (name) =>
    expect(showsAccount(query(name))).toBe(true),
  );

  it.each(['connections.list', 'creation.form', 'sync.history', 'selection.get'] as const)('%s is not', (name) =>
    expect(showsAccount(query(name))).toBe(false),
  );
});
