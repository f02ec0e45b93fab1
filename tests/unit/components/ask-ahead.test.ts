import { QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { askAhead } from '@/components/hooks/ask-ahead';
import { newQueryClient } from '@/components/hooks/query-client';

const listeners = new Set<(message: unknown) => void>();
const asked: string[] = [];
let answer: (name: string) => Promise<unknown>;

const tell = (event: string, payload: object = {}) => {
  for (const listener of [...listeners]) listener({ sidelight: 1, event, payload });
};

beforeEach(() => {
  vi.useFakeTimers();
  asked.length = 0;
  listeners.clear();
  answer = async (name) => ({ ok: true, value: `${name} ${asked.length}` });
  const onMessage = {
    addListener: (listener: (message: unknown) => void) => void listeners.add(listener),
    removeListener: (listener: (message: unknown) => void) => void listeners.delete(listener),
  };
  const sendMessage = ({ name }: { name: string }) => {
    asked.push(name);
    return answer(name);
  };
  vi.stubGlobal('chrome', { runtime: { sendMessage, onMessage } });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('what a view asks before it is there', () => {
  it('is asked all at once, and is known then', async () => {
    const client = newQueryClient();
    const known = askAhead(client, [
      ['vault.state', {}],
      ['sidebar.open', { token: 't' }],
    ]);
    expect(asked).toEqual(['vault.state', 'sidebar.open']);
    await known;
    expect(client.getQueryData(['vault.state', {}])).toBe('vault.state 1');
    expect(client.getQueryData(['sidebar.open', { token: 't' }])).toBe('sidebar.open 2');
  });

  it('does not fail when an answer does: the view asks for it again', async () => {
    answer = async () => ({ ok: false, code: 'vault.locked' });
    const client = newQueryClient();
    await expect(askAhead(client, [['sidebar.layout', {}]])).resolves.toBeUndefined();
    expect(client.getQueryState(['sidebar.layout', {}])?.status).toBe('error');
  });

  it.each(['vault.changed', 'connections.changed', 'account.refreshed'])('is an old answer after %s', async (event) => {
    const client = newQueryClient();
    await askAhead(client, [['sidebar.layout', {}]]);
    expect(client.getQueryData(['sidebar.layout', {}])).toBe('sidebar.layout 1');
    tell(event);
    expect(client.getQueryData(['sidebar.layout', {}])).toBeUndefined();
  });

  it('is an old answer too when the news come while it is under way', async () => {
    let give = (_: unknown) => {};
    answer = () => new Promise((resolve) => (give = resolve));
    const client = newQueryClient();
    const known = askAhead(client, [['sidebar.layout', {}]]);
    tell('vault.changed');
    give({ ok: true, value: 'before the lock' });
    await known;
    expect(client.getQueryData(['sidebar.layout', {}])).toBeUndefined();
  });

  it('is asked for again at once when it is on the screen, where the old answer stays meanwhile', async () => {
    const client = newQueryClient();
    await askAhead(client, [['sidebar.layout', {}]]);
    const queryFn = () => answer('asked by the view');
    const stop = new QueryObserver(client, { queryKey: ['sidebar.layout', {}], queryFn }).subscribe(() => {});
    tell('connections.changed');
    expect(client.getQueryData(['sidebar.layout', {}])).toBe('sidebar.layout 1');
    expect(client.getQueryState(['sidebar.layout', {}])?.fetchStatus).toBe('fetching');
    stop();
  });

  it('leaves the news to the view once that is there', async () => {
    await askAhead(newQueryClient(), [['sidebar.layout', {}]]);
    expect(listeners.size).toBe(3);
    vi.advanceTimersByTime(2000);
    expect(listeners.size).toBe(0);
  });
});
