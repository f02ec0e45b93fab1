import type { Page } from '@playwright/test';
import type { ConnectionSummary } from '@/lib/messaging/protocol';
import type { ErrorCode } from '@/lib/shared/errors';
import { READY } from './fixtures/connection.ts';
import { ago } from './fixtures/now.ts';
import { ok, type State } from './state.ts';
import { options } from './states-options.ts';

const damaged = (code: ErrorCode): ConnectionSummary => ({
  ...READY,
  userName: '',
  orgName: '',
  host: '',
  loginHost: '',
  login: 'app',
  state: 'damaged',
  counts: {},
  sync: { ...READY.sync, lastSuccessAt: null, lastError: { code, at: ago(0) }, nextDueAt: null, calls: 0, usage: null },
});

const health = (name: string, code: ErrorCode, act?: (page: Page) => Promise<void>, rest: Partial<State> = {}): State =>
  options(`health-${name}`, { 'connections.list': ok([damaged(code)]), 'sync.start': 'never' }, act, rest);

const press = (name: string) => (page: Page) => page.getByRole('button', { name }).click();

export const healthStates: State[] = [
  options('health-login', {
    'connections.list': ok([
      { ...READY, state: 'reconnect-needed', sync: { ...READY.sync, lastError: { code: 'auth.damaged', at: ago(0) } } },
    ]),
  }),
  health('evicted', 'storage.evicted'),
  health('unreadable', 'storage.unreadable'),
  health('unreadable-asked', 'storage.unreadable', press('Disconnect and connect again')),
  health('newer', 'storage.newer-version'),
  health('newer-found', 'storage.newer-version', press('Check for an update')),
  health('newer-none', 'storage.newer-version', press('Check for an update'), { accessDenied: true }),
  health('newer-by-hand', 'storage.newer-version', undefined, { noUpdateCheck: true }),
  health('quota', 'storage.quota'),
  health('tampered', 'vault.tampered', press('Sync now')),
];
