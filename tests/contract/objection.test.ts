import { describe, expect, it } from 'vitest';
import type { PersonObject } from '@/lib/connectors/creation-contract';
import { createSampleConnector } from '@/lib/connectors/sample';
import { espoTest } from '../builders/espocrm';
import { salesforceTest } from '../builders/salesforce';
import { sampleKeeper } from '../builders/sample';

/** What a person wants is written into each CRM by its own flags, over its real requests. */
const NOW = Date.parse('2026-06-01T09:00:00Z');
const SIZE = { seed: 11, accounts: 4, contacts: 4, leads: 4, opportunities: 2, tasks: 2, now: NOW };
const PEOPLE: readonly PersonObject[] = ['contact', 'lead'];
const NAMES = { contact: 'Contact', lead: 'Lead' };

describe('an objection at Salesforce', () => {
  const open = (options: Partial<Parameters<typeof salesforceTest>[0]> = {}) => salesforceTest({ ...SIZE, ...options });
  type Scene = Awaited<ReturnType<typeof open>>;
  const first = (crm: Scene, object: PersonObject) => {
    const row = crm.sandbox.org.rows(NAMES[object])[0];
    if (!row) throw new Error('There is nobody.');
    return row;
  };

  it.each(PEOPLE)('is set on a %s, and twice is as good as once', async (object) => {
    const crm = await open();
    const { Id } = first(crm, object);
    crm.sandbox.org.update(NAMES[object], Id, { HasOptedOutOfEmail: false, DoNotCall: false });
    for (let time = 0; time < 2; time += 1)
      expect(await crm.connector.writer.noteObjection(object, Id)).toEqual({ kind: 'noted', missing: [] });
    expect(first(crm, object)).toMatchObject({ HasOptedOutOfEmail: true, DoNotCall: true });
  });

  it('is set on the Individual too where there is one', async () => {
    const crm = await open({ config: 'record-types' });
    const lead = first(crm, 'lead');
    const { Id: id } = crm.sandbox.org.insert('Individual', { LastName: 'Castell' });
    crm.sandbox.org.update('Lead', lead.Id, { IndividualId: id });
    expect(await crm.connector.writer.noteObjection('lead', lead.Id)).toEqual({ kind: 'noted', missing: [] });
    expect(crm.sandbox.org.rows('Individual')).toMatchObject([{ HasOptedOutSolicit: true }]);
  });

  it('says that the Individual stays as it is when this user may not change it', async () => {
    const crm = await open({ config: 'record-types', readOnlyObjects: ['Individual'] });
    const lead = first(crm, 'lead');
    const { Id: id } = crm.sandbox.org.insert('Individual', { LastName: 'Castell' });
    crm.sandbox.org.update('Lead', lead.Id, { IndividualId: id });
    expect(await crm.connector.writer.noteObjection('lead', lead.Id)).toEqual({ kind: 'noted', missing: ['individual'] });
    expect(first(crm, 'lead')).toMatchObject({ HasOptedOutOfEmail: true, DoNotCall: true });
  });

  it('sets what there is, and says for what there is no field', async () => {
    const crm = await open();
    const { Id } = first(crm, 'contact');
    crm.sandbox.org.schema.hideField('Contact', 'DoNotCall');
    expect(await crm.connector.writer.noteObjection('contact', Id)).toEqual({ kind: 'noted', missing: ['call'] });
    expect(first(crm, 'contact')).toMatchObject({ HasOptedOutOfEmail: true });
  });

  it('says for which fields this user has no right', async () => {
    const crm = await open({ readOnlyFields: ['Contact.HasOptedOutOfEmail', 'Contact.DoNotCall'] });
    const { Id } = first(crm, 'contact');
    expect(await crm.connector.writer.noteObjection('contact', Id)).toEqual({ kind: 'noted', missing: ['email', 'call'] });
  });

  it('says that the record is gone', async () => {
    const crm = await open();
    const { Id } = first(crm, 'contact');
    crm.sandbox.org.remove('Contact', Id);
    expect(await crm.connector.writer.noteObjection('contact', Id)).toEqual({ kind: 'gone' });
  });
});

describe('an objection at EspoCRM', () => {
  const open = () => espoTest({ ...SIZE, frozen: true });
  const first = (crm: Awaited<ReturnType<typeof open>>, object: PersonObject) => {
    const row = crm.sandbox.store
      .rows(NAMES[object])
      .find((one) => one.emailAddressIsOptedOut !== true && one.doNotCall !== true);
    if (!row) throw new Error('There is nobody.');
    return String(row.id);
  };
  const held = (crm: Awaited<ReturnType<typeof open>>, object: PersonObject, id: string) =>
    crm.sandbox.store.rows(NAMES[object]).find((row) => row.id === id);

  it.each(PEOPLE)('is set on a %s and its address, and twice is as good as once', async (object) => {
    const crm = await open();
    const id = first(crm, object);
    for (let time = 0; time < 2; time += 1)
      expect(await crm.connector.writer.noteObjection(object, id)).toEqual({ kind: 'noted', missing: [] });
    expect(held(crm, object, id)).toMatchObject({ doNotCall: true, emailAddressIsOptedOut: true });
  });

  it('says for what the role gives no right, and sets the rest', async () => {
    const crm = await open();
    const id = first(crm, 'contact');
    crm.sandbox.rights.fields.Contact = { emailAddress: { read: 'yes', edit: 'no' } };
    expect(await crm.connector.writer.noteObjection('contact', id)).toEqual({ kind: 'noted', missing: ['email'] });
    expect(held(crm, 'contact', id)).toMatchObject({ doNotCall: true });
    expect(held(crm, 'contact', id)?.emailAddressIsOptedOut).not.toBe(true);
  });

  it('says that an address is not opted out when EspoCRM took the change and did not keep it', async () => {
    const crm = await open();
    const id = first(crm, 'contact');
    const change = crm.sandbox.store.update.bind(crm.sandbox.store);
    crm.sandbox.store.update = (type, of, values) => {
      const { emailAddressIsOptedOut: _, ...kept } = values;
      return change(type, of, kept);
    };
    expect(await crm.connector.writer.noteObjection('contact', id)).toEqual({ kind: 'noted', missing: ['email'] });
  });

  it('asks nothing for an address that somebody has not got', async () => {
    const crm = await open();
    const id = first(crm, 'contact');
    crm.sandbox.store.update('Contact', id, { emailAddress: null });
    expect(await crm.connector.writer.noteObjection('contact', id)).toEqual({ kind: 'noted', missing: [] });
  });

  it('says that the record is gone', async () => {
    const crm = await open();
    expect(await crm.connector.writer.noteObjection('contact', 'nobody')).toEqual({ kind: 'gone' });
  });
});

describe('an objection in the sample', () => {
  it.each(PEOPLE)('is set on a %s', async (object) => {
    const connector = createSampleConnector({
      ...{ connectionId: 'c1', since: '2026-06-01T08:00:00.000Z', keeper: sampleKeeper(), clock: { now: () => NOW } },
    });
    const id = `sample-${object}-1`;
    expect(await connector.writer.noteObjection(object, id)).toEqual({ kind: 'noted', missing: [] });
    expect(await connector.read(object, id, ['doNotCall', 'emailOptOut'])).toMatchObject({
      fields: { doNotCall: true, emailOptOut: true },
    });
    expect(await connector.writer.noteObjection(object, 'sample-nobody')).toEqual({ kind: 'gone' });
  });
});
