import { describe, expect, it, vi } from 'vitest';
import type { BackupChange } from '@/lib/messaging/backup-protocol';

vi.stubGlobal('navigator', { language: 'en-US' });
const { changeWords } = await import('@/components/settings/change-words');

const of = { connectionId: 'c1', crmLabel: 'Salesforce', orgName: 'Acme' };
const words = (change: BackupChange) => changeWords(change);
const added = (name: string, held: boolean) =>
  words({ ...of, setting: 'fields', object: 'contact', leftOut: [], copiedAgain: [], added: [name], dropped: [], held });

describe('the words for what a file would change', () => {
  it('say which records are copied before and after', () => {
    expect(words({ ...of, setting: 'objects', from: ['account', 'task'], to: ['account'], held: false })).toEqual([
      'Copied: Accounts and Tasks → Accounts',
    ]);
  });

  it('do not say that anything is copied that the organisation does not allow', () => {
    expect(words({ ...of, setting: 'objects', from: [], to: ['lead'], held: true })).toEqual(['Not copied: Leads']);
    expect(added('Secret__c', true)).toEqual(['Contacts, not copied: Secret__c']);
    expect(added('Tier__c', false)).toEqual(['Contacts, copied as well: Tier__c']);
  });
});
