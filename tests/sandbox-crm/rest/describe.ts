/** Descriptions of objects, with the keys and their order of real answers. */
import type { ObjectType } from '../org/schema/object-type.ts';
import type { Schema } from '../org/schema/schema.ts';

const PEOPLE_DATA = new Set(['Account', 'Contact', 'Lead', 'Opportunity', 'Task']);

/** One entry of `…/sobjects`. @param base `/services/data/v66.0` */
export function describeBrief(type: ObjectType, base: string) {
  const main = PEOPLE_DATA.has(type.name);
  return {
    activateable: false,
    associateEntityType: null,
    associateParentEntity: null,
    createable: type.writable,
    custom: false,
    customSetting: false,
    deepCloneable: false,
    deletable: type.writable,
    deprecatedAndHidden: false,
    feedEnabled: main,
    hasSubtypes: false,
    isInterface: false,
    isSubtype: false,
    keyPrefix: type.keyPrefix,
    label: type.label,
    labelPlural: type.labelPlural,
    layoutable: main,
    mergeable: ['Account', 'Contact', 'Lead'].includes(type.name),
    mruEnabled: main,
    name: type.name,
    queryable: true,
    replicateable: main || type.name === 'User',
    retrieveable: true,
    searchable: main || type.name === 'User',
    triggerable: main,
    undeletable: main,
    updateable: type.writable,
    urls: urlsOf(type, base, main),
  };
}

/** The answer of `…/sobjects/X/describe`. @param ui where the record pages are */
export function describeFull(type: ObjectType, schema: Schema, base: string, ui: string) {
  const brief = describeBrief(type, base);
  const main = PEOPLE_DATA.has(type.name);
  return {
    actionOverrides: [],
    activateable: brief.activateable,
    associateEntityType: null,
    associateParentEntity: null,
    childRelationships: type.children
      .filter((child) => schema.object(child.childObject)?.field(child.field))
      .map((child) => ({
        cascadeDelete: child.cascade,
        childSObject: child.childObject,
        deprecatedAndHidden: false,
        field: child.field,
        junctionIdListNames: [],
        junctionReferenceTo: [],
        relationshipName: child.name,
        restrictedDelete: false,
      })),
    compactLayoutable: main,
    createable: brief.createable,
    custom: false,
    customSetting: false,
    deepCloneable: false,
    defaultImplementation: null,
    deletable: brief.deletable,
    deprecatedAndHidden: false,
    extendedBy: null,
    extendsInterfaces: null,
    feedEnabled: brief.feedEnabled,
    fields: type.fields,
    hasSubtypes: false,
    implementedBy: null,
    implementsInterfaces: null,
    isInterface: false,
    isSubtype: false,
    keyPrefix: brief.keyPrefix,
    label: brief.label,
    labelPlural: brief.labelPlural,
    layoutable: brief.layoutable,
    listviewable: null,
    lookupLayoutable: null,
    mergeable: brief.mergeable,
    mruEnabled: brief.mruEnabled,
    name: brief.name,
    namedLayoutInfos: [],
    networkScopeFieldName: null,
    queryable: true,
    recordTypeInfos: main ? recordTypeInfos(type, schema, base) : [],
    replicateable: brief.replicateable,
    retrieveable: true,
    searchLayoutable: main,
    searchable: brief.searchable,
    sobjectDescribeOption: 'FULL',
    supportedScopes: main
      ? [
          { label: `All ${type.labelPlural.toLowerCase()}`, name: 'everything' },
          { label: `My ${type.labelPlural.toLowerCase()}`, name: 'mine' },
        ]
      : [],
    triggerable: brief.triggerable,
    undeletable: brief.undeletable,
    updateable: brief.updateable,
    urls: main ? { ...brief.urls, ...pageUrls(type, ui) } : brief.urls,
  };
}

/** Every object has the master type; where there are no others, it is the default. */
function recordTypeInfos(type: ObjectType, schema: Schema, base: string) {
  const own = schema.recordTypes(type.name);
  const info = (recordTypeId: string, developerName: string, name: string, isDefault: boolean) => ({
    active: true,
    available: true,
    defaultRecordTypeMapping: isDefault,
    developerName,
    master: developerName === 'Master',
    name,
    recordTypeId,
    urls: { layout: `${base}/sobjects/${type.name}/describe/layouts/${recordTypeId}` },
  });
  return [
    ...own.map((one) => info(one.id, one.developerName, one.name, one.isDefault)),
    info(MASTER_TYPE, 'Master', 'Master', own.length === 0),
  ];
}

const MASTER_TYPE = '012000000000000AAA';

/** The answer of `…/sobjects/X/describe/layouts`, reduced to what each record type's picklists hold. */
export function describeLayouts(type: ObjectType, schema: Schema) {
  const own = schema.recordTypes(type.name);
  const picklists = type.fields.filter((field) => field.picklistValues.length > 0);
  return {
    layouts: own.length > 1 ? null : [],
    recordTypeMappings: own.map((one) => ({
      active: true,
      available: true,
      defaultRecordTypeMapping: one.isDefault,
      developerName: one.developerName,
      layoutId: null,
      master: false,
      name: one.name,
      picklistsForRecordType: picklists.map(({ name, picklistValues }) => ({
        picklistName: name,
        picklistValues: picklistValues.filter(({ value }) => one.picklists[name]?.includes(value) ?? true),
      })),
      recordTypeId: one.id,
    })),
    recordTypeSelectorRequired: [own.length > 1],
  };
}

function urlsOf(type: ObjectType, base: string, main: boolean): Record<string, string> {
  const own = `${base}/sobjects/${type.name}`;
  if (!main) return { rowTemplate: `${own}/{ID}`, describe: `${own}/describe`, sobject: own };
  return {
    compactLayouts: `${own}/describe/compactLayouts`,
    rowTemplate: `${own}/{ID}`,
    approvalLayouts: `${own}/describe/approvalLayouts`,
    listviews: `${own}/listviews`,
    describe: `${own}/describe`,
    quickActions: `${own}/quickActions`,
    layouts: `${own}/describe/layouts`,
    sobject: own,
  };
}

const pageUrls = (type: ObjectType, ui: string) => ({
  uiDetailTemplate: `${ui}/{ID}`,
  uiEditTemplate: `${ui}/{ID}/e`,
  uiNewRecord: `${ui}/${type.keyPrefix}/e`,
});
