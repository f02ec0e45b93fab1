import { describe, expect, it } from 'vitest';
import { onEvent, request, type MessageRuntime } from '@/lib/messaging/request';

type Listener = (message: unknown) => void;

function runtimeThat(answer: (message: unknown) => Promise<unknown>) {
  const listeners = new Set<Listener>();
  const runtime: MessageRuntime = {
    sendMessage: answer,
    onMessage: { addListener: (one) => listeners.add(one), removeListener: (one) => listeners.delete(one) },
  };
  const tell = (message: unknown) => {
    for (const listener of listeners) listener(message);
  };
  return { runtime, listeners, tell };
}

describe('request', () => {
  it('sends name and payload and gives the value back', async () => {
    const sent: unknown[] = [];
    const { runtime } = runtimeThat(async (message) => {
      sent.push(message);
      return { ok: true, value: { mode: 'all' } };
    });
    await expect(request('sites.access', {}, runtime)).resolves.toEqual({ mode: 'all' });
    expect(sent).toEqual([{ sidelight: 1, name: 'sites.access', payload: {} }]);
  });

  it('takes null for a value', async () => {
    const { runtime } = runtimeThat(async () => ({ ok: true, value: null }));
    await expect(request('overlay.ask', {}, runtime)).resolves.toBeNull();
  });

  it('rejects with the code of the answer', async () => {
    const { runtime } = runtimeThat(async () => ({ ok: false, code: 'vault.locked' }));
    await expect(request('connections.list', {}, runtime)).rejects.toMatchObject({ name: 'AppError', code: 'vault.locked' });
  });

  it.each([[undefined], [null], ['text'], [{}], [{ ok: true }], [{ ok: false }], [{ ok: 'yes', value: 1 }]])(
    'takes %j for no answer',
    async (answer) => {
      const { runtime } = runtimeThat(async () => answer);
      await expect(request('connections.list', {}, runtime)).rejects.toMatchObject({ code: 'unexpected' });
    },
  );

  it('keeps why nobody answered as the cause', async () => {
    const cause = new Error('Receiving end does not exist.');
    const { runtime } = runtimeThat(() => Promise.reject(cause));
    await expect(request('connections.list', {}, runtime)).rejects.toMatchObject({ code: 'unexpected', cause });
  });

  it('says the same when the extension was taken away from under the page', async () => {
    await expect(request('overlay.ask', {})).rejects.toMatchObject({ code: 'unexpected' });
  });
});

describe('onEvent', () => {
  it('hears its own event until it is stopped', () => {
    const { runtime, tell, listeners } = runtimeThat(async () => undefined);
    const heard: unknown[] = [];
    const stop = onEvent('sync.progress', (payload) => heard.push(payload), runtime);
    tell({ sidelight: 1, event: 'sync.progress', payload: { connectionId: 'c1' } });
    tell({ sidelight: 1, event: 'connections.changed', payload: {} });
    tell({ event: 'sync.progress', payload: 'of somebody else' });
    tell('noise');
    expect(heard).toEqual([{ connectionId: 'c1' }]);
    stop();
    expect(listeners.size).toBe(0);
  });
});
