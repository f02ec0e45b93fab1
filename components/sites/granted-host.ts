/** `https://*.my.salesforce.com/*` → `*.my.salesforce.com`. */
export function hostOfPattern(pattern: string): string {
  return pattern.replace(/^[a-z*]+:\/\//, '').replace(/\/.*$/, '');
}

/** Whether a connection calls a host that the pattern stands for. The sample calls nobody. */
export function needsHost({ crm, host, loginHost }: { crm: string; host: string; loginHost: string }, pattern: string): boolean {
  const allowed = hostOfPattern(pattern);
  if (crm === 'sample') return false;
  const base = allowed.startsWith('*.') ? allowed.slice(2) : null;
  return [host, loginHost].some((one) => one === allowed || (base !== null && (one === base || one.endsWith(`.${base}`))));
}
