import { i18n } from '#i18n';
import type { StoredCopy } from '@/lib/messaging/privacy-protocol';
import type { InventoryRow } from '@/lib/shared/data-inventory';
import { aboutName, fieldName, protectionName, purposeName, retentionName, sourceName, whereName } from './words';

const inWords = (row: InventoryRow) => ({
  where: whereName(row),
  field: fieldName(row.field),
  about: aboutName(row.about),
  purpose: purposeName(row.purpose),
  source: sourceName(row.source),
  protection: protectionName(row.protection),
  retention: retentionName(row.retention),
});

/**
 * The record of processing as a file (Art. 30(1) GDPR: purposes, categories of people and of data, recipients, time limits, measures).
 * Who the controller is only the company knows, so that stands there as a question.
 */
export function asRecord(rows: readonly InventoryRow[], copies: readonly StoredCopy[]): string {
  const record = {
    controller: i18n.t('privacy.record.controller'),
    processors: i18n.t('privacy.record.processors'),
    purposes: i18n.t('privacy.record.purposes'),
    recipients: copies.map(({ crmLabel, orgName, hosts }) => ({
      crm: crmLabel,
      organisation: orgName,
      hosts: hosts.map(({ host, calls }) => ({ host, calls })),
    })),
    thirdCountries: i18n.t('privacy.record.thirdCountries'),
    categories: copies.map(({ orgName, objects }) => ({
      organisation: orgName,
      objects: objects.map(({ object, records, wanted }) => ({ object, records, copied: wanted })),
    })),
    fields: rows.map(inWords),
  };
  return JSON.stringify(record, null, 2);
}

/** The fields as a table for a spreadsheet (RFC 4180); all of it is our own words, so no cell can be a formula. */
export function asCsv(rows: readonly InventoryRow[]): string {
  const table = rows.map(inWords);
  const head = ['where', 'field', 'about', 'purpose', 'source', 'protection', 'retention'] as const;
  const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const lines = [
    head.map((column) => cell(i18n.t(`privacy.inventory.${column}`))),
    ...table.map((row) => head.map((column) => cell(row[column]))),
  ];
  return `${lines.map((line) => line.join(',')).join('\r\n')}\r\n`;
}
