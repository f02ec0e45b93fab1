import type { Clock } from '@/lib/shared/clock';
import { AppError } from '@/lib/shared/errors';
import type { CreatableObject, RecordWriter } from '../creation-contract';
import type { RawDescribe } from './api-schemas';
import { changeRecord } from './change-record';
import type { SalesforceClient } from './client';
import { describeObject, rawDescribe } from './describe-object';
import { findCreated } from './find-created';
import { lookUpRecords } from './look-up';
import { noteObjection } from './note-objection';
import { removeRecord } from './remove-record';
import { createTogether } from './write-composite';

/** The writing side of a Salesforce connection. */
export function createWriter(client: SalesforceClient, clock: Clock): RecordWriter {
  /** What fields refer to, for looking up while somebody types. */
  const known = new Map<CreatableObject, RawDescribe>();
  async function described(object: CreatableObject): Promise<RawDescribe> {
    const raw = await rawDescribe(client, object);
    known.set(object, raw);
    return raw;
  }

  return {
    describe: async (object) => describeObject(client, object, await described(object)),
    async lookUp(object, field, text) {
      const { fields } = known.get(object) ?? (await described(object));
      return lookUpRecords(client, fields.find(({ name }) => name === field)?.referenceTo ?? [], text);
    },
    create: (records, options) => createTogether(client, records, options, clock),
    findCreated: (record, since) => findCreated(client, record, since),
    update: (object, id, values, readAt) => changeRecord(client, { object, id }, values, readAt),
    noteObjection: (object, id) => noteObjection(client, object, id),
    remove: (object, id) => removeRecord(client, object, id),
    // Salesforce converts over SOAP and Apex alone; REST has no call for it.
    convertLead: () => Promise.reject(new AppError('crm.refused')),
  };
}
