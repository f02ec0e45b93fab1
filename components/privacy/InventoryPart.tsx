import { i18n } from '#i18n';
import type { StoredCopy } from '@/lib/messaging/privacy-protocol';
import type { InventoryRow } from '@/lib/shared/data-inventory';
import { Button } from '../ui/Button';
import { Disclosure } from '../ui/Disclosure';
import { formatNumber } from '../ui/format';
import { saveFile } from '../ui/save-file';
import { asCsv, asRecord } from './processing-record';
import { aboutName, fieldName, protectionName, purposeName, retentionName, whereName } from './words';

const COLUMNS = ['where', 'field', 'about', 'purpose', 'protection', 'retention'] as const;

/** Every stored field, as a table and as files: the company's record of processing (Art. 30 GDPR) begins with it. */
export function InventoryPart({ rows, copies }: { rows: readonly InventoryRow[]; copies: StoredCopy[] }) {
  return (
    <section aria-labelledby="inventory">
      <h2 id="inventory" className="text-lg font-semibold">
        {i18n.t('privacy.inventory.title')}
      </h2>
      <p className="mt-1 max-w-prose text-pretty text-muted">{i18n.t('privacy.inventory.text')}</p>
      <div className="mt-3 flex flex-wrap gap-2 print:hidden">
        <Button
          size="small"
          onClick={() => saveFile('sidelight-record-of-processing.json', 'application/json', asRecord(rows, copies))}
        >
          {i18n.t('privacy.inventory.json')}
        </Button>
        <Button size="small" onClick={() => saveFile('sidelight-data-inventory.csv', 'text/csv', asCsv(rows))}>
          {i18n.t('privacy.inventory.csv')}
        </Button>
        <Button size="small" onClick={() => window.print()}>
          {i18n.t('privacy.inventory.print')}
        </Button>
      </div>
      <div className="mt-3">
        <Disclosure summary={i18n.t('privacy.inventory.show', [formatNumber(rows.length)])}>
          <Table rows={rows} />
        </Disclosure>
      </div>
    </section>
  );
}

function Table({ rows }: { rows: readonly InventoryRow[] }) {
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label={i18n.t('privacy.inventory.table')}
      className="max-h-96 overflow-auto rounded-lg border border-hairline print:max-h-none"
    >
      <table className="w-full min-w-[36rem] text-sm">
        <thead className="sticky top-0 bg-subtle">
          <tr>
            {COLUMNS.map((column) => (
              <th key={column} scope="col" className="px-2 py-1.5 text-start font-medium text-muted first:ps-3">
                {i18n.t(`privacy.inventory.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-hairline">
          {rows.map((row) => (
            <tr key={`${row.place} ${row.of} ${row.field}`}>
              {[
                whereName(row),
                fieldName(row.field),
                aboutName(row.about),
                purposeName(row.purpose),
                protectionName(row.protection),
                retentionName(row.retention),
              ].map((text, index) => (
                <td key={COLUMNS[index]} className="px-2 py-1 align-top first:ps-3">
                  {text}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
