/** The users of the org, the organisation itself and its currencies. */
import type { Org } from '../org/org.ts';
import { makeId } from '../org/record-id.ts';
import { CURRENCIES } from '../org/schema/picklists.ts';
import { DAY, toWireDateTime } from '../org/wire-time.ts';

const USER_DOMAIN = 'northwind-demo.example';

const TEAM = [
  ['Ada', 'Winter', 'Account Executive'],
  ['Benedikt', 'Osterloh', 'Account Executive'],
  ['Carmen', 'Valdivieso', 'Account Executive'],
  ['Daniel', 'Okafor', 'Sales Development'],
  ['Emiko', 'Takahara', 'Sales Development'],
  ['Fabian', 'Lindholt', 'Customer Success'],
  ['Grace', 'Hargrave', 'Head of Sales'],
  ['Noor', 'Haddadin', 'Revenue Operations'],
] as const;

/** @returns the ids of the users, the one who signs in first */
export function seedSetup(org: Org): string[] {
  const founded = toWireDateTime(org.clock.now() - 900 * DAY);
  const users = TEAM.map(([first, last, title], position) => {
    const mailbox = `${first}.${last}`.toLowerCase();
    const row = org.insert('User', {
      ...(position === 0 ? { Id: org.userId } : {}),
      FirstName: first,
      LastName: last,
      Username: `${mailbox}@${USER_DOMAIN}`,
      Email: `${mailbox}@${USER_DOMAIN}`,
      Alias: `${first.charAt(0)}${last}`.slice(0, 8).toLowerCase(),
      CommunityNickname: mailbox,
      Title: title,
      CompanyName: 'Northwind Demo',
      Department: 'Sales',
      IsActive: true,
      TimeZoneSidKey: 'Europe/Berlin',
      LocaleSidKey: 'en_US',
      LanguageLocaleKey: 'en_US',
      UserType: 'Standard',
      ProfileId: makeId('00e', 1),
      CreatedDate: founded,
    });
    return row.Id;
  });
  org.insert('Organization', {
    Id: org.id,
    Name: 'Northwind Demo',
    Country: 'DE',
    DefaultLocaleSidKey: 'en_US',
    TimeZoneSidKey: 'Europe/Berlin',
    LanguageLocaleKey: 'en_US',
    FiscalYearStartMonth: 1,
    OrganizationType: 'Enterprise Edition',
    InstanceName: 'DEU42',
    IsSandbox: false,
    CreatedDate: founded,
  });
  for (const one of org.schema.everything.flatMap(({ name }) => org.schema.recordTypes(name))) {
    org.insert('RecordType', {
      Id: one.id,
      Name: one.name,
      DeveloperName: one.developerName,
      SobjectType: one.object,
      IsActive: true,
      IsPersonType: one.isPerson,
      CreatedDate: founded,
    });
  }
  if (org.schema.object('CurrencyType')) {
    for (const [iso, , rate, decimals] of CURRENCIES) {
      org.insert('CurrencyType', {
        IsoCode: iso,
        ConversionRate: rate,
        DecimalPlaces: decimals,
        IsActive: true,
        IsCorporate: iso === 'EUR',
        CreatedDate: founded,
      });
    }
  }
  return users;
}
