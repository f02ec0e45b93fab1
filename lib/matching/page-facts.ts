/**
 * What a page says of the company behind it. Read only when a person opens the popup on a site that matches nothing; compared
 * with names in the copy and forgotten.
 */
export interface ReadFacts {
  /** From the page's own description of its organisation (JSON-LD): name, legal name, other names. */
  organizationNames: string[];
  /** Addresses that the description calls the organisation's. */
  organizationUrls: string[];
  siteName: string | null;
  title: string | null;
  /** The line with the copyright sign. */
  copyright: string | null;
  /** On an imprint or contact page: the lines that may hold the company's name. */
  imprint: string[];
}

/**
 * Reads the page. It runs inside it (isolated world), and must not refer to anything outside itself. One JSON-LD block in six of
 * real pages is not JSON; of 544 pages 80 describe an organisation.
 */
export function readCompanyFacts(): ReadFacts {
  const organizationNames: string[] = [];
  const organizationUrls: string[] = [];
  const texts = (value: unknown) => [value].flat().filter((one) => typeof one === 'string');
  const visit = (node: unknown, depth: number): void => {
    if (depth > 4 || typeof node !== 'object' || node === null) return;
    if (Array.isArray(node)) {
      for (const child of node.slice(0, 50)) visit(child, depth + 1);
      return;
    }
    const fields = node as Record<string, unknown>;
    if (texts(fields['@type']).some((type) => /Organization$|Corporation$|Business$|^Store$|^Brand$/.test(type))) {
      organizationNames.push(...texts(fields.name), ...texts(fields.legalName), ...texts(fields.alternateName));
      organizationUrls.push(...texts(fields.url), ...texts(fields.sameAs));
    }
    for (const key of ['@graph', 'publisher', 'brand', 'parentOrganization', 'mainEntity']) visit(fields[key], depth + 1);
  };
  for (const script of [...document.querySelectorAll('script[type="application/ld+json"]')].slice(0, 20)) {
    try {
      visit(JSON.parse(script.textContent ?? ''), 0);
    } catch {
      // The other blocks still count.
    }
  }
  // biome-ignore lint/performance/useDomNodeTextContent: only innerText has the lines that a reader sees
  const body = (document.body?.innerText ?? '').slice(0, 200_000);
  const lines = body.split('\n').map((line) => line.trim());
  const isImprint = /imprint|impressum|mentions-legales|legal-notice|aviso-legal|colophon|kontakt|contact/i.test(
    location.pathname,
  );
  return {
    organizationNames: organizationNames.slice(0, 20),
    organizationUrls: organizationUrls.slice(0, 20),
    siteName: document.querySelector('meta[property="og:site_name"]')?.getAttribute('content') ?? null,
    title: document.title || null,
    copyright: lines.findLast((line) => line.length < 200 && /©|\(c\)\s*\d|copyright/i.test(line)) ?? null,
    imprint: isImprint ? lines.filter((line) => line.length > 2 && line.length < 80).slice(0, 15) : [],
  };
}

/** Whether a value came out of a page in the form of its facts: everything that crosses from a page is checked. */
export function isReadFacts(value: unknown): value is ReadFacts {
  if (typeof value !== 'object' || value === null) return false;
  const { organizationNames, organizationUrls, siteName, title, copyright, imprint } = value as Record<string, unknown>;
  const isTexts = (list: unknown) => Array.isArray(list) && list.length <= 50 && list.every((one) => typeof one === 'string');
  const isTextOrNull = (one: unknown) => one === null || typeof one === 'string';
  return [organizationNames, organizationUrls, imprint].every(isTexts) && [siteName, title, copyright].every(isTextOrNull);
}
