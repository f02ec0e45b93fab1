/** The objects administrators set up: users, the organisation itself, and (in multi-currency orgs only) currencies. */
import { DEFAULTED, READ_ONLY } from './field.ts';
import {
  addressFields,
  auditFields,
  checkbox,
  dateTime,
  double,
  email,
  identityFields,
  integer,
  phone,
  picklist,
  reference,
  text,
  textArea,
  url,
  viewFields,
} from './field-kinds.ts';
import type { ObjectDefinition } from './object-type.ts';
import { CURRENCY_VALUES } from './picklists.ts';

const LOCALES = ['en_US', 'en_GB', 'de_DE', 'fr_FR', 'ja_JP', 'pt_BR', 'pl_PL'];
const LANGUAGES = ['en_US', 'de', 'es', 'fr', 'it', 'ja', 'pt_BR', 'pl'];
const TIME_ZONES = ['Europe/Berlin', 'Europe/London', 'America/New_York', 'Asia/Tokyo', 'America/Sao_Paulo', 'GMT'];
const short = { length: 40, byteLength: 120 };
const fixedChoice = { restrictedPicklist: true, nillable: false, permissionable: false, ...short };

/** Only in orgs that have any. */
export const recordType = (): ObjectDefinition => ({
  name: 'RecordType',
  label: 'Record Type',
  labelPlural: 'Record Types',
  keyPrefix: '012',
  writable: false,
  fields: [
    ...identityFields('Record Type ID').filter((entry) => entry.name !== 'IsDeleted'),
    text('Name', 'Name', 80, { nillable: false, nameField: true }),
    text('DeveloperName', 'Record Type Name', 80, { nillable: false }),
    text('SobjectType', 'SObject Type Name', 40, { nillable: false }),
    checkbox('IsActive', 'Active'),
    checkbox('IsPersonType', 'Is Person Type'),
    ...auditFields(),
  ],
});

export const user = (): ObjectDefinition => ({
  name: 'User',
  label: 'User',
  labelPlural: 'Users',
  keyPrefix: '005',
  writable: false,
  fields: [
    // Users are never deleted, only deactivated, so IsDeleted does not exist here.
    ...identityFields('User ID').filter((entry) => entry.name !== 'IsDeleted'),
    text('Username', 'Username', 80, { nillable: false, unique: true, idLookup: true, permissionable: false }),
    text('LastName', 'Last Name', 80, { nillable: false, compoundFieldName: 'Name', permissionable: false }),
    text('FirstName', 'First Name', 40, { compoundFieldName: 'Name', permissionable: false }),
    text('Name', 'Full Name', 121, READ_ONLY, {
      nillable: false,
      nameField: true,
      extraTypeInfo: 'personname',
      permissionable: false,
    }),
    text('CompanyName', 'Company Name', 80),
    text('Division', 'Division', 80),
    text('Department', 'Department', 80),
    text('Title', 'Title', 80),
    ...addressFields('', ''),
    email('Email', 'Email', { length: 128, byteLength: 384, nillable: false, permissionable: false }),
    phone('Phone', 'Phone'),
    phone('MobilePhone', 'Mobile'),
    text('Alias', 'Alias', 8, { nillable: false, permissionable: false }),
    text('CommunityNickname', 'Nickname', 40, { nillable: false, permissionable: false }),
    checkbox('IsActive', 'Active', { permissionable: false }),
    picklist('TimeZoneSidKey', 'Time Zone', TIME_ZONES, fixedChoice),
    reference('UserRoleId', 'Role ID', ['UserRole'], 'UserRole', { permissionable: false }),
    picklist('LocaleSidKey', 'Locale', LOCALES, fixedChoice),
    text('ProfileId', 'Profile ID', 18, { nillable: false, permissionable: false }),
    picklist('UserType', 'User Type', ['Standard', 'PowerPartner', 'CSPLitePortal', 'Guest'], READ_ONLY, {
      restrictedPicklist: true,
      ...short,
    }),
    picklist('LanguageLocaleKey', 'Language', LANGUAGES, fixedChoice),
    text('EmployeeNumber', 'Employee Number', 20),
    reference('ManagerId', 'Manager ID', ['User'], 'Manager'),
    dateTime('LastLoginDate', 'Last Login', READ_ONLY, { permissionable: false }),
    ...auditFields(),
    textArea('AboutMe', 'About Me', { length: 1000, byteLength: 3000 }),
    url('SmallPhotoUrl', 'Url for small sized Photo', READ_ONLY, { permissionable: false }),
    url('FullPhotoUrl', 'Url for full-sized Photo', READ_ONLY, { permissionable: false }),
    text('FederationIdentifier', 'SAML Federation ID', 512),
    ...viewFields(),
  ],
});

export const organization = (): ObjectDefinition => ({
  name: 'Organization',
  label: 'Organization',
  labelPlural: 'Organizations',
  keyPrefix: '00D',
  writable: false,
  fields: [
    ...identityFields('Organization ID').filter((entry) => entry.name !== 'IsDeleted'),
    text('Name', 'Name', 80, DEFAULTED, { nameField: true }),
    text('Division', 'Division', 80),
    ...addressFields('', ''),
    phone('Phone', 'Phone'),
    phone('Fax', 'Fax'),
    text('PrimaryContact', 'Primary Contact', 80),
    picklist('DefaultLocaleSidKey', 'Locale', LOCALES, fixedChoice),
    picklist('TimeZoneSidKey', 'Time Zone', TIME_ZONES, fixedChoice),
    picklist('LanguageLocaleKey', 'Language', LANGUAGES, fixedChoice),
    integer('FiscalYearStartMonth', 'Fiscal Year Starts In', READ_ONLY),
    text('NamespacePrefix', 'Namespace Prefix', 15, READ_ONLY),
    picklist(
      'OrganizationType',
      'Edition',
      ['Team Edition', 'Professional Edition', 'Enterprise Edition', 'Developer Edition', 'Unlimited Edition'],
      READ_ONLY,
      {
        restrictedPicklist: true,
        ...short,
      },
    ),
    text('InstanceName', 'Instance Name', 5, READ_ONLY),
    checkbox('IsSandbox', 'Is Sandbox', READ_ONLY),
    checkbox('IsReadOnly', 'Is Read Only', READ_ONLY),
    dateTime('TrialExpirationDate', 'Trial Expiration Date', READ_ONLY),
    ...auditFields(),
  ],
});

export const currencyType = (): ObjectDefinition => ({
  name: 'CurrencyType',
  label: 'Currency Type',
  labelPlural: 'Currency Types',
  keyPrefix: '01L',
  writable: false,
  fields: [
    ...identityFields('CurrencyType ID').filter((entry) => entry.name !== 'IsDeleted'),
    picklist('IsoCode', 'Currency ISO Code', CURRENCY_VALUES, {
      nillable: false,
      restrictedPicklist: true,
      length: 3,
      byteLength: 9,
    }),
    double('ConversionRate', 'Conversion Rate', { nillable: false, scale: 6 }),
    integer('DecimalPlaces', 'Decimal Places', { nillable: false }),
    checkbox('IsActive', 'Active'),
    checkbox('IsCorporate', 'Is Corporate Currency', READ_ONLY),
    ...auditFields(),
  ],
});
