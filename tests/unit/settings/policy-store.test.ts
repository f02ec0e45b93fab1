import { describe, expect, it } from 'vitest';
import { NO_POLICY, type Policy } from '@/lib/settings/policy';
import { createPolicyStore } from '@/lib/settings/policy-store';

function store(first: Record<string, unknown>) {
  let managed = first;
  let changed: () => void = () => undefined;
  let loads = 0;
  const heard: [Policy, Policy][] = [];
  const policies = createPolicyStore({
    source: {
      load: async () => {
        loads += 1;
        return managed;
      },
      onChange: (handler) => {
        changed = handler;
      },
    },
    onChange: (before, now) => heard.push([before, now]),
  });
  return {
    policies,
    heard,
    loads: () => loads,
    set(next: Record<string, unknown>) {
      managed = next;
      changed();
    },
  };
}

describe('the policy of a worker', () => {
  it('is read once, however often it is asked for', async () => {
    const { policies, loads } = store({ maxIdleMinutes: 5, speed: 'fast' });
    expect((await policies.get()).maxIdleMinutes).toBe(5);
    expect(await policies.ignored()).toEqual(['speed']);
    await policies.get();
    expect(loads()).toBe(1);
  });

  it('is the new one for every question that comes behind a change, and then the change is told', async () => {
    const { policies, heard, set } = store({ overlay: 'open' });
    await policies.get();
    set({ overlay: 'asked' });
    expect((await policies.get()).overlay).toBe('asked');
    expect(heard).toEqual([
      [
        { ...NO_POLICY, overlay: 'open' },
        { ...NO_POLICY, overlay: 'asked' },
      ],
    ]);
  });
});
