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
    recordTypeInfos: main ? [masterRecordType(type, base)] : [],
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

/** Orgs without record types have this one for every object. */
function masterRecordType(type: ObjectType, base: string) {
  const recordTypeId = '012000000000000AAA';
  return {
    active: true,
    available: true,
    defaultRecordTypeMapping: true,
    developerName: 'Master',
    master: true,
    name: 'Master',
    recordTypeId,
    urls: { layout: `${base}/sobjects/${type.name}/describe/layouts/${recordTypeId}` },
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
