/** One builder per kind of Salesforce field. */
import { DEFAULTED, READ_ONLY, field } from './field.ts';
import type { FieldDescriptor, FieldOptions, PicklistEntry } from './field.ts';

type Build = (name: string, label: string, ...options: FieldOptions[]) => FieldDescriptor;

const ofKind =
  (kind: FieldOptions): Build =>
  (name, label, ...options) =>
    field(name, label, kind, ...options);

const sized = (length: number, type: string): FieldOptions => ({ type, length, byteLength: length * 3 });

export const text = (name: string, label: string, length: number, ...options: FieldOptions[]) =>
  field(name, label, sized(length, 'string'), ...options);

export const picklist = (name: string, label: string, values: readonly (string | PicklistEntry)[], ...options: FieldOptions[]) =>
  field(name, label, sized(255, 'picklist'), { picklistValues: values.map(toEntry) }, ...options);

export const reference = (
  name: string,
  label: string,
  referenceTo: string[],
  relationshipName: string | null,
  ...options: FieldOptions[]
) => {
  const kind: FieldOptions = { type: 'reference', soapType: 'tns:ID', length: 18, byteLength: 18, referenceTo, relationshipName };
  // A key that may point at several objects reaches them through the virtual object "Name".
  const many: FieldOptions = referenceTo.length > 1 ? { polymorphicForeignKey: true, namePointing: true } : {};
  return field(name, label, kind, many, ...options);
};

export const phone = ofKind(sized(40, 'phone'));
export const url = ofKind(sized(255, 'url'));
export const email = ofKind({ ...sized(80, 'email'), idLookup: true });
export const textArea = ofKind({ ...sized(255, 'textarea'), extraTypeInfo: 'plaintextarea' });
export const longText = ofKind({
  ...sized(32_000, 'textarea'),
  extraTypeInfo: 'plaintextarea',
  aggregatable: false,
  filterable: false,
  groupable: false,
  sortable: false,
});
export const checkbox = ofKind({
  type: 'boolean',
  soapType: 'xsd:boolean',
  aggregatable: false,
  defaultValue: false,
  defaultedOnCreate: true,
  nillable: false,
});
export const date = ofKind({ type: 'date', soapType: 'xsd:date' });
export const dateTime = ofKind({ type: 'datetime', soapType: 'xsd:dateTime', groupable: false });
export const integer = ofKind({ type: 'int', soapType: 'xsd:int', digits: 8 });
const decimal = (type: string, precision: number, scale: number) =>
  ofKind({ type, soapType: 'xsd:double', groupable: false, precision, scale });
export const double = decimal('double', 18, 15);
export const currency = decimal('currency', 18, 2);
export const percent = decimal('percent', 3, 0);

/** The fields every object begins with. */
export const identityFields = (label: string): FieldDescriptor[] => [
  field('Id', label, DEFAULTED, READ_ONLY, { type: 'id', soapType: 'tns:ID', length: 18, byteLength: 18, idLookup: true }),
  checkbox('IsDeleted', 'Deleted', READ_ONLY, { permissionable: false }),
];

/** The audit fields every object ends its standard part with. */
export const auditFields = (): FieldDescriptor[] => [
  dateTime('CreatedDate', 'Created Date', DEFAULTED, READ_ONLY),
  reference('CreatedById', 'Created By ID', ['User'], 'CreatedBy', DEFAULTED, READ_ONLY),
  dateTime('LastModifiedDate', 'Last Modified Date', DEFAULTED, READ_ONLY),
  reference('LastModifiedById', 'Last Modified By ID', ['User'], 'LastModifiedBy', DEFAULTED, READ_ONLY),
  dateTime('SystemModstamp', 'System Modstamp', DEFAULTED, READ_ONLY),
];

/** When the record was last viewed by the caller. */
export const viewFields = (): FieldDescriptor[] => [
  dateTime('LastViewedDate', 'Last Viewed Date', READ_ONLY, { permissionable: false }),
  dateTime('LastReferencedDate', 'Last Referenced Date', READ_ONLY, { permissionable: false }),
];

/** A compound address and its parts: `prefix` is "Billing", "Mailing", … or empty. */
export function addressFields(prefix: string, labelPrefix: string): FieldDescriptor[] {
  const compound = `${prefix}Address`;
  const part: FieldOptions = { compoundFieldName: compound };
  const label = (name: string) => `${labelPrefix}${name}`.trim();
  return [
    textArea(`${prefix}Street`, label('Street'), part),
    text(`${prefix}City`, label('City'), 40, part),
    text(`${prefix}State`, label('State/Province'), 80, part),
    text(`${prefix}PostalCode`, label('Zip/Postal Code'), 20, part),
    text(`${prefix}Country`, label('Country'), 80, part),
    double(`${prefix}Latitude`, label('Latitude'), part),
    double(`${prefix}Longitude`, label('Longitude'), part),
    picklist(`${prefix}GeocodeAccuracy`, label('Geocode Accuracy'), GEOCODE_ACCURACY, part, sized(40, 'picklist'), {
      restrictedPicklist: true,
    }),
    field(compound, label('Address'), READ_ONLY, {
      type: 'address',
      soapType: 'urn:address',
      aggregatable: false,
      groupable: false,
      sortable: false,
      queryByDistance: true,
    }),
  ];
}

const GEOCODE_ACCURACY = [
  'Address',
  'NearAddress',
  'Block',
  'Street',
  'ExtendedZip',
  'Zip',
  'Neighborhood',
  'City',
  'County',
  'State',
];

function toEntry(value: string | PicklistEntry): PicklistEntry {
  if (typeof value !== 'string') return value;
  return { active: true, defaultValue: false, label: value, validFor: null, value };
}
