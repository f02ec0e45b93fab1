import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../architecture/layers.ts';
import { hasSharedData, sharedData } from '../../fixtures/shared-data.ts';
import { parseCsv } from '../../sandbox-crm/seed/csv.ts';
import type { Company } from './accuracy.ts';

const LARGE = 'companies.csv.gz';

/** Real companies with a site of their own: the large set when it lies beside the checkout, else the one that ships with the sandbox. */
export function companies(): Company[] {
  const text = hasSharedData(LARGE)
    ? sharedData(LARGE)
    : readFileSync(join(ROOT, 'tests/sandbox-crm/data/demo-accounts.csv'), 'utf8');
  const rows = parseCsv(text);
  return rows.flatMap(({ name = '', host = '', website_raw: raw = '', domain = '' }) => {
    const site = host || (URL.parse(raw.includes('://') ? raw : `https://${raw}`)?.hostname ?? '');
    return name !== '' && domain !== '' && site !== '' ? [{ name, host: site, domain }] : [];
  });
}
