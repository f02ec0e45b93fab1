import type { Sleep } from '@/lib/shared/clock';
import { AppError } from '@/lib/shared/errors';
import type { RecordWriter } from '../creation-contract';
import type { KeyClient } from '../key-client';
import type { Portal } from './describe';

/** Creating and changing comes later: until then nothing is offered. */
export function createWriter(_client: KeyClient, _portal: () => Portal, _sleep?: Sleep): RecordWriter {
  const not = () => Promise.reject(new AppError('crm.forbidden'));
  return { describe: not, lookUp: not, create: not, findCreated: not, update: not, remove: async () => false, convertLead: not };
}
