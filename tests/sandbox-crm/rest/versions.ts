/** The API versions the org offers, and what is found below each. */
import type { Site } from '../http/sites.ts';

const FIRST = 31;
const LATEST = 66;
const SEASONS = ['Spring', 'Summer', 'Winter'] as const;

/** `GET /services/data`: oldest first. Three releases a year; v60 was Spring '24. */
export function versionList() {
  return Array.from({ length: LATEST - FIRST + 1 }, (_, i) => {
    const version = FIRST + i;
    const season = SEASONS[(((version - 60) % 3) + 3) % 3];
    const year = 24 + Math.floor((version - 60 + 1) / 3);
    // One label of the real list has a typographic quote.
    const quote = version === 42 ? '’' : "'";
    return {
      label: `${season} ${quote}${String(year).padStart(2, '0')}`,
      url: `/services/data/v${version}.0`,
      version: `${version}.0`,
    };
  });
}

export const isVersion = (text: string): boolean => {
  const version = Number(/^v(\d+)\.0$/.exec(text)?.[1]);
  return version >= 20 && version <= LATEST;
};

/** `GET /services/data/v66.0`. */
export function resourceMap(base: string, site: Site, orgId: string, userId: string) {
  const names = [
    'tooling',
    'metadata',
    'composite',
    'query',
    'queryAll',
    'search',
    'sobjects',
    'limits',
    'recent',
    'jobs',
    'parameterizedSearch',
  ];
  return {
    ...Object.fromEntries(names.map((name) => [name, `${base}/${name}`])),
    identity: `${site.identityBase}/id/${orgId}/${userId}`,
  };
}
