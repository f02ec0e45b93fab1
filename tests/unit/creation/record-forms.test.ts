import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { LiveConnection } from '@/entrypoints/background/live-connection';
import { createCreationHandlers } from '@/entrypoints/background/creation-handlers';
import { createRecordForms } from '@/entrypoints/background/record-forms';
import type { CreatableObject, ObjectDescription } from '@/lib/connectors/creation-contract';
import { NO_LIMITS, type SelectionLimits } from '@/lib/crm/selection';
import type { CreationRequests } from '@/lib/messaging/creation-protocol';
import type { Caller } from '@/lib/messaging/router';
import { codeOf } from '../../builders/codes';
import { described, describedObject, picklist } from '../../builders/description';
import { record } from '../../builders/records';
import { testStore } from '../../builders/store';
import { fakeClock } from '../../fakes/fake-clock';

vi.mock('wxt/browser', () => ({ browser: {} }));

let pagesRead: number;
let page: unknown;
vi.mock('@/lib/browser/tabs', () => ({
  runInTab: async () => {
    pagesRead += 1;
    return page;
  },
}));

const OBJECTS: Record<CreatableObject, Partial<ObjectDescription>> = {
  lead: {
    fields: [
      described('LastName', { short: true }),
      described('Company', { short: true }),
      described('Website'),
      described('Phone'),
    ],
    modelNames: { lastName: 'LastName', company: 'Company', website: 'Website' },
  },
  contact: {
    fields: [described('LastName', { short: true }), described('AccountId', { type: 'reference' })],
    modelNames: { lastName: 'LastName', accountId: 'AccountId' },
  },
  account: {
    fields: [described('Name', { short: true }), described('Website', { short: true })],
    modelNames: { name: 'Name', website: 'Website' },
  },
  opportunity: { fields: [described('Name', { short: true })], modelNames: { name: 'Name', accountId: 'AccountId' } },
  task: {
    fields: [
      described('Subject', { short: true }),
      described('WhatId', { type: 'reference', short: true }),
      described('WhoId', { type: 'reference', short: true }),
      described('Status', { type: 'picklist', options: picklist(['Open', 'Completed', 'Deferred']) }),
    ],
    modelNames: { subject: 'Subject', whatId: 'WhatId', whoId: 'WhoId', status: 'Status' },
  },
};
const DESCRIPTIONS = Object.fromEntries(
  Object.entries(OBJECTS).map(([object, { fields = [], ...rest }]) => [
    object,
    describedObject(fields, { object: object as CreatableObject, ...rest }),
  ]),
) as Record<CreatableObject, ObjectDescription>;

const POPUP: Caller = { role: 'popup', tabId: null, documentId: null, url: '' };
const SITE = { host: 'www.acme.com', domain: 'acme.com' };

describe('a form', () => {
  let connection: LiveConnection;
  beforeEach(async () => {
    pagesRead = 0;
    const blocks = [JSON.stringify({ '@type': 'Organization', name: 'Acme Inc', telephone: '030 5550100' })];
    page = { title: '', siteNames: [], lang: 'de', copyright: '', blocks, mails: [], phones: [], selection: '' };
    isSilenced = false;
    limits = NO_LIMITS;
    const { store } = await testStore();
    const account = record('account', 'a1', { name: 'Acme' });
    await store.apply({ object: 'account', upserts: [account], deletions: [], newBefore: null });
    const lead = record('lead', 'l1', { name: 'Pia Castell' });
    await store.apply({ object: 'lead', upserts: [lead], deletions: [], newBefore: null });
    const boxes = new Map<string, unknown>();
    connection = {
      entry: { id: 'c1', crm: 'salesforce' },
      profile: { orgName: 'Northwind' },
      connector: { writer: { describe: async (object: CreatableObject) => DESCRIPTIONS[object] } },
      copy: {
        store,
        boxes: {
          get: async (name: string) => boxes.get(name) ?? null,
          put: async (name: string, value: unknown) => void boxes.set(name, value),
        },
      },
    } as unknown as LiveConnection;
  });

  let isSilenced: boolean;
  let limits: SelectionLimits;
  function handlers(ready: () => LiveConnection[] = () => [connection]) {
    return createCreationHandlers({
      connections: { get: async () => connection, ready: async () => ready() },
      forms: createRecordForms(fakeClock().now, async () => limits),
      changes: {} as never,
      siteInFront: async () => ({ tabId: 1, site: SITE }),
      isSilenced: async () => isSilenced,
    });
  }
  const ask = (rest: Partial<CreationRequests['creation.form']['in']>) =>
    handlers()['creation.form']({ connectionId: null, object: 'lead', tabId: 1, text: null, link: null, ...rest }, POPUP);
  const fill = (rest: Partial<CreationRequests['creation.prefill']['in']>) =>
    handlers()['creation.prefill']({ connectionId: null, object: 'lead', tabId: 1, text: null, link: null, ...rest }, POPUP);

  it('for a Lead, a Contact or an Account is filled from what the page in front says, as it stands', async () => {
    const site = { ...SITE, isFreeMail: false };
    expect(await fill({ object: 'lead' })).toEqual({ site, page });
    expect(await fill({ object: 'account' })).toEqual({ site, page });
    expect(await fill({ object: 'contact', link: { kind: 'account', id: 'a1' } })).toEqual({ site, page });
  });

  it('takes nothing from a page whose answer is not what is asked for', async () => {
    page = { ...(page as object), mails: Array(1000).fill({ href: 'mailto:a@acme.com', text: '', near: '' }) };
    expect(await fill({})).toMatchObject({ site: SITE, page: null });
  });

  it('reads no page where nothing is to be looked up', async () => {
    isSilenced = true;
    expect(await fill({})).toMatchObject({ site: SITE, page: null });
    expect(pagesRead).toBe(0);
  });

  it('reads no page for a form that is only opened', async () => {
    await ask({});
    expect(pagesRead).toBe(0);
  });

  it('is refused for records that the organisation does not allow, before any page is read', async () => {
    limits = { objects: ['contact'], fields: {} };
    expect(await codeOf(ask({ object: 'lead' }))).toBe('policy.refused');
    expect(pagesRead).toBe(0);
  });

  it('has only the fields that the organisation allows, and those without which nothing works', async () => {
    limits = { objects: null, fields: { lead: ['Company'] } };
    const { fields, short, names } = await ask({ object: 'lead' });
    expect(fields.map(({ name }) => name)).toEqual(['LastName', 'Company']);
    expect(short).not.toContain('Website');
    expect(names).not.toHaveProperty('website');
  });

  it.each<[string, Parameters<typeof ask>[0]]>([
    ['a text was marked', { text: 'Globex' }],
    ['it is about what somebody does', { object: 'task' }],
    ['it goes on from a record that was just created', { object: 'task', link: { kind: 'lead', id: 'l1' } }],
    ['it is a deal', { object: 'opportunity', link: { kind: 'account', id: 'a1' } }],
  ])('reads no page when %s', async (_, rest) => {
    await ask(rest);
    await fill(rest);
    expect(pagesRead).toBe(0);
  });

  it.each<[CreatableObject, 'account' | 'lead', string, string, string]>([
    ['contact', 'account', 'a1', 'AccountId', 'Acme'],
    ['task', 'account', 'a1', 'WhatId', 'Acme'],
    ['task', 'lead', 'l1', 'WhoId', 'Pia Castell'],
  ])('for a %s is linked to the %s that it is opened for, by name, in the short form', async (object, kind, id, field, name) => {
    const form = await ask({ object, link: { kind, id } });
    expect(form.fields.find((one) => one.name === field)).toMatchObject({ value: id, source: null });
    expect(form.labels).toEqual({ [field]: name });
    expect(form.short).toContain(field);
  });

  it('is linked to nothing where this user does not see the field', async () => {
    const form = await ask({ object: 'opportunity', link: { kind: 'account', id: 'a1' } });
    expect([form.labels, form.short]).toEqual([{}, ['Name']]);
  });

  it('for a Task knows the status of one that is done', async () => {
    expect((await ask({ object: 'task' })).doneStatus).toBe('Completed');
  });

  it('has the fields that the user has chosen, for this object alone, until they want the usual ones', async () => {
    const { 'creation.choose': choose, 'creation.choice': choice } = handlers();
    const place = { connectionId: 'c1', object: 'lead' } as const;
    await choose({ ...place, short: ['Website'] }, POPUP);
    expect((await ask({})).short).toEqual(['Website']);
    expect((await ask({ object: 'account' })).short).toEqual(['Name', 'Website']);
    expect(await choice(place, POPUP)).toMatchObject({ short: ['Website'], isChosen: true });
    await choose({ ...place, short: null }, POPUP);
    expect((await ask({})).short).toEqual(['LastName', 'Company']);
  });

  it('is not of the sample while there is a real CRM', async () => {
    const sample = { ...connection, entry: { ...connection.entry, id: 'sample', crm: 'sample' } } as LiveConnection;
    const both = handlers(() => [sample, connection]);
    const asked = { connectionId: null, object: 'lead', tabId: 1, text: null, link: null } as const;
    expect((await both['creation.form'](asked, POPUP)).connectionId).toBe('c1');
    await expect(handlers(() => [])['creation.form'](asked, POPUP)).rejects.toMatchObject({ code: 'connection.missing' });
  });
});
