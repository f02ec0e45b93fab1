/** What an org has where "Data Protection and Privacy" is switched on: a record for the human being behind Leads and Contacts. */
import { DEFAULTED, READ_ONLY, REQUIRED } from './field.ts';
import { auditFields, checkbox, identityFields, picklist, reference, text } from './field-kinds.ts';
import type { FieldDescriptor } from './field.ts';
import type { ObjectDefinition } from './object-type.ts';
import { SALUTATIONS } from './picklists.ts';

export const individual = (): ObjectDefinition => ({
  name: 'Individual',
  label: 'Individual',
  labelPlural: 'Individuals',
  keyPrefix: '0PK',
  fields: [
    ...identityFields('Individual ID'),
    reference('OwnerId', 'Owner ID', ['User'], 'Owner', DEFAULTED),
    text('LastName', 'Last Name', 80, REQUIRED, { compoundFieldName: 'Name' }),
    text('FirstName', 'First Name', 40, { compoundFieldName: 'Name' }),
    picklist('Salutation', 'Salutation', SALUTATIONS, { compoundFieldName: 'Name' }),
    text('Name', 'Name', 121, READ_ONLY, { nillable: false, nameField: true, extraTypeInfo: 'personname' }),
    checkbox('HasOptedOutTracking', "Don't Track"),
    checkbox('HasOptedOutProfiling', "Don't Profile"),
    checkbox('HasOptedOutProcessing', "Don't Process"),
    checkbox('HasOptedOutSolicit', "Don't Market"),
    checkbox('ShouldForget', 'Forget this Individual'),
    checkbox('SendIndividualData', "Export Individual's Data"),
    checkbox('CanStorePiiElsewhere', 'OK to Store PII Data Elsewhere'),
    ...auditFields(),
  ],
});

/** How people point to it. */
export const individualId = (): FieldDescriptor => reference('IndividualId', 'Individual ID', ['Individual'], 'Individual');
