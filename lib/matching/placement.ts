import type { AnyRecord } from '@/lib/crm/records';
import { leadDomain } from './account-domains';
import { ASKED_BY_VISITS, indexKeys } from './index-keys';

/**
 * Where records live in the copy: with the Account they are shown with. A Lead has no Account and lives at its domain,
 * so that a site's leads are one read. The result is only ever used as input of a keyed hash and inside sealed boxes.
 */
export const placement = {
  /**
   * To be raised with every change of what `home` or `keys` give for some record, also by a newer Public Suffix List: the
   * copy is then brought in line by itself.
   */
  version: 2,
  home(record: AnyRecord): string {
    switch (record.object) {
      case 'account':
      case 'user':
        return record.id;
      case 'contact':
      case 'opportunity':
        return record.fields.accountId ?? record.id;
      case 'task':
        return record.fields.accountId ?? record.fields.whoId ?? record.id;
      case 'lead':
        return leadDomain(record.fields) ?? record.id;
    }
  },
  keys: indexKeys,
  asked: ASKED_BY_VISITS,
};
