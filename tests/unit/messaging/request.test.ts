import { describe, expect, it } from 'vitest';
import { type MessageRuntime, onEvent, onOverlayCommand, request } from '@/lib/messaging/request';
import { codeOf } from '../../builders/codes';

/** The browser's `runtime` with a background that answers `reply`. */
function runtime(reply: (message: unknown) => unknown = () => undefined) {
  const sent: unknown[] = [];
  const listeners = new Set<(message: unknown) => void>();
  const fake: MessageRuntime = {
    async sendMessage(message) {
      sent.push(message);
      return reply(message);
    },
    onMessage: {
      addListener: (listener) => void listeners.add(listener),
      removeListener: (listener) => void listeners.delete(listener),
    },
  };
  const emit = (message: unknown) => {
    for (const listener of listeners) listener(message);
  };
  return { fake, sent, listeners, emit };
}

describe('request', () => {
  it('sends name and payload, and gives the value of the answer', async () => {
    const { fake, sent } = runtime(() => ({ ok: true, value: { mode: 'all' } }));
    expect(await request('sites.access', {}, fake)).toEqual({ mode: 'all' });
    expect(sent).toEqual([{ sidelight: 1, name: 'sites.access', payload: {} }]);
  });

  it('fails with the code of the answer', async () => {
    const { fake } = runtime(() => ({ ok: false, code: 'vault.locked' }));
    expect(await codeOf(request('connections.list', {}, fake))).toBe('vault.locked');
  });

  it.each([undefined, null, 'ok', { ok: true }, { ok: false }, { ok: 1, value: 1 }, { ok: false, code: 7 }])(
    'fails as unexpected when the answer is %j',
    async (answer) => {
      expect(await codeOf(request('connections.list', {}, runtime(() => answer).fake))).toBe('unexpected');
    },
  );

  it('fails as unexpected when nobody listens', async () => {
    const { fake } = runtime(() => {
      throw new Error('Could not establish connection');
    });
    expect(await codeOf(request('connections.list', {}, fake))).toBe('unexpected');
  });

  it('fails as unexpected when the extension was updated and this script was cut off', async () => {
    expect(await codeOf(() => request('overlay.ask', {}))).toBe('unexpected');
  });
});

describe('onEvent', () => {
  it('hears its own event until it stops listening', () => {
    const { fake, emit, listeners } = runtime();
    const heard: unknown[] = [];
    const stop = onEvent('sync.progress', (payload) => heard.push(payload), fake);
    emit({ sidelight: 1, event: 'sync.progress', payload: { connectionId: 'c1' } });
    emit({ sidelight: 1, event: 'connections.changed', payload: {} });
    emit({ event: 'sync.progress', payload: 'not ours' });
    emit(null);
    stop();
    emit({ sidelight: 1, event: 'sync.progress', payload: 'too late' });
    expect(heard).toEqual([{ connectionId: 'c1' }]);
    expect(listeners.size).toBe(0);
  });
});

describe('onOverlayCommand', () => {
  it('hears commands and nothing else', () => {
    const { fake, emit } = runtime();
    const heard: string[] = [];
    onOverlayCommand(({ overlay }) => heard.push(overlay), fake);
    emit({ sidelight: 1, overlay: 'remove' });
    emit({ overlay: 'close' });
    emit({ sidelight: 1, event: 'connections.changed', payload: {} });
    emit(undefined);
    expect(heard).toEqual(['remove']);
  });
});
