import type { Pipeline, PropertyDef } from './objects.ts';
import type { HubspotSettings } from './sandbox.ts';
import type { Row } from './store.ts';

/** Answers in the shapes that were recorded from real accounts. */

const NUMBER: Record<string, string> = { contacts: '0-1', companies: '0-2', deals: '0-3', leads: '0-136' };
const LONG_AGO = '1970-01-01T00:00:00Z';

/** A record with the properties that were asked for, and those that always come. */
export function nativeRow({ details }: HubspotSettings, type: string, row: Row, asked: readonly string[]) {
  const stamp = type === 'contacts' ? 'lastmodifieddate' : 'hs_lastmodifieddate';
  const names = [...new Set([...asked.filter(Boolean), 'createdate', stamp, 'hs_object_id'])].sort();
  const place =
    type === 'tasks'
      ? `tasks/${details.portalId}/view/all/task/${row.id}`
      : `contacts/${details.portalId}/record/${NUMBER[type]}/${row.id}`;
  return {
    id: row.id,
    properties: Object.fromEntries(names.map((name) => [name, row.properties[name] ?? null])),
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    archived: row.archived,
    ...(row.archivedAt ? { archivedAt: row.archivedAt } : {}),
    url: `https://${details.uiDomain}/${place}`,
  };
}

export const propertyAnswer = ({ readOnly, options, ...def }: PropertyDef) => ({
  updatedAt: '2024-12-19T18:53:37.030Z',
  createdAt: '2019-08-06T02:41:46.048Z',
  ...def,
  groupName: 'information',
  options: options.map((one, displayOrder) => ({ ...one, displayOrder, hidden: false })),
  displayOrder: -1,
  externalOptions: false,
  hasUniqueValue: false,
  hubspotDefined: true,
  modificationMetadata: { archivable: true, readOnlyDefinition: true, readOnlyValue: readOnly },
  formField: false,
  dataSensitivity: 'non_sensitive',
});

export const pipelineAnswer = ({ id, label, stages }: Pipeline, displayOrder: number) => ({
  label,
  displayOrder,
  id,
  stages: stages.map((stage, at) => ({
    label: stage.label,
    displayOrder: at,
    metadata: { isClosed: String(stage.isClosed), probability: stage.probability.toFixed(1) },
    id: stage.id,
    createdAt: LONG_AGO,
    updatedAt: LONG_AGO,
    writePermissions: 'CRM_PERMISSIONS_ENFORCEMENT',
    archived: false,
  })),
  createdAt: LONG_AGO,
  updatedAt: LONG_AGO,
  archived: false,
});
