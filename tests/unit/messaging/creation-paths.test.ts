import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import type { RequestName } from '@/lib/messaging/protocol';
import { createRouter, type Handlers } from '@/lib/messaging/router';
import type { SenderFacts } from '@/lib/messaging/sender-policy';
import { ROOT, sourceFiles } from '../../architecture/layers';
import { CONTRACT } from '../../builders/basis';
import { creationWorld } from '../../builders/creation-world';
import { PAYLOADS } from '../../builders/payloads';
import { SELF, SENDERS } from './roles';

vi.mock('wxt/browser', () => ({
  browser: {
    alarms: { create: async () => undefined, clear: async () => true },
    runtime: { getPlatformInfo: async () => ({}) },
  },
}));
vi.stubGlobal('navigator', {
  language: 'en',
  onLine: true,
  locks: { request: async (_: string, __: unknown, work: (lock: object) => unknown) => work({}) },
});

const NAMES = Object.keys(PAYLOADS) as RequestName[];
const PERSON = { LastName: 'Castell', Email: 'pia@acme.com' };
/** What a hostile or broken view may say the basis is. */
const NOT_A_BASIS = [
  null,
  undefined,
  true,
  'contract',
  {},
  { kind: 'contract' },
  { ...CONTRACT, v: 1 },
  { kind: 'other', note: '' },
];
/** Senders of every context, and some that pretend to be one. */
const CONTEXTS: Record<string, SenderFacts> = {
  ...SENDERS,
  stranger: { ...SENDERS.popup, id: 'ponmlkjihgfedcbaponmlkjihgfedcba' },
  frame: { ...SENDERS.content, frameId: 3 },
  page: { ...SENDERS.popup, url: 'https://evil.example/popup.html', origin: 'https://evil.example' },
};

async function world() {
  const { crm, worker } = await creationWorld();
  const { handlers } = worker();
  // Whatever else there is writes to no CRM: see the last test.
  const all = Object.fromEntries(NAMES.map((name) => [name, async () => null])) as unknown as Handlers;
  const route = createRouter({ ...all, ...handlers }, SELF, () => undefined);
  return { crm, send: (name: RequestName, payload: unknown, from: SenderFacts) => route({ sidelight: 1, name, payload }, from) };
}

const personIn = (name: RequestName, basis: unknown, object: 'lead' | 'contact') => {
  const payload = PAYLOADS[name] as Record<string, unknown>;
  return 'basis' in payload ? { ...payload, object, values: PERSON, basis } : payload;
};

describe('no message creates a person without a valid basis', () => {
  it.each(Object.keys(CONTEXTS))('whatever it is, from %s', async (context) => {
    const { crm, send } = await world();
    const from = CONTEXTS[context];
    if (!from) throw new Error('unreachable');
    for (const object of ['lead', 'contact'] as const)
      for (const basis of NOT_A_BASIS) for (const name of NAMES) await send(name, personIn(name, basis, object), from);
    expect(crm.records).toEqual([]);
    expect(crm.calls).not.toContain('create');
  });

  it('and one that brings a basis does, from a view that may', async () => {
    for (const context of Object.keys(CONTEXTS)) {
      const { crm, send } = await world();
      const from = CONTEXTS[context];
      if (!from) throw new Error('unreachable');
      for (const name of NAMES) await send(name, personIn(name, CONTRACT, 'lead'), from);
      const mayCreate = context === 'popup' || context === 'sidepanel';
      expect(
        crm.records.filter(({ object }) => object === 'lead'),
        context,
      ).toHaveLength(mayCreate ? 1 : 0);
    }
  });

  it('and there is one place in the product that lets a CRM create something', () => {
    const calls = sourceFiles(ROOT).filter(({ text }) => /\bwriter\.create\(|\.writer\.create\(/.test(text));
    expect(calls.map(({ path }) => path)).toEqual(['lib/creation/outbox/runner.ts']);
    expect(readFileSync(`${ROOT}/lib/creation/outbox/runner.ts`, 'utf8')).toMatch(
      /await objections\(entry\)[\s\S]*writer\.create\(/,
    );
  });
});
