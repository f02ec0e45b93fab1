import type { CrmRecord } from '@/lib/crm/records';
import { type Mark, marksIn, phoneMarks } from './marks';
import type { Query } from './query';
import { address, type SearchedRecord } from './search-line';

interface Shown {
  text: string;
  marks: Mark[];
}

export interface ShownTexts {
  name: Shown;
  details: Shown[];
}

/** What is shown of a found record, with what answers the query marked. `account` is the Account it belongs to, when it is known. */
export function shownTexts(record: SearchedRecord, account: CrmRecord<'account'> | null, query: Query): ShownTexts {
  const searched = (text: string | null) => (text ? [{ text, marks: marksIn(text, query) }] : []);
  const plain = (text: string | null | undefined) => (text ? [{ text, marks: [] }] : []);
  /** Shown only when they were found: they are long, and say little of who somebody is. */
  const found = (text: string | null) => searched(text).filter(({ marks }) => marks.length > 0);
  const phones = (...all: (string | null)[]) =>
    all
      .flatMap((phone) => (phone ? [{ text: phone, marks: phoneMarks(phone, query) }] : []))
      .filter((one) => one.marks.length > 0);
  /** By what somebody was found who may be reached by it. */
  const reached = ({ fields }: CrmRecord<'contact' | 'lead'>) => [
    ...(fields.doNotCall ? [] : phones(fields.phone, 'mobile' in fields ? fields.mobile : null)),
    ...(fields.emailOptOut ? [] : found(fields.email)),
  ];
  const name = { text: record.fields.name, marks: marksIn(record.fields.name, query) };
  switch (record.object) {
    case 'account': {
      const { website, city, country, phone } = record.fields;
      const place = [city, country].filter(Boolean).join(', ');
      return { name, details: [...phones(phone), ...searched(address(website)), ...plain(place)] };
    }
    case 'contact': {
      const { title } = record.fields;
      return { name, details: [...reached(record), ...plain(title), ...plain(account?.fields.name)] };
    }
    case 'lead': {
      const { company, website, title } = record.fields;
      return {
        name,
        details: [...reached(record), ...found(address(website)), ...searched(company), ...plain(title)],
      };
    }
    case 'opportunity':
      return { name, details: [...plain(account?.fields.name), ...plain(record.fields.stage)] };
  }
}
