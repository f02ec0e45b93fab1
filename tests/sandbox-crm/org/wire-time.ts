/** Times as Salesforce writes them: `2026-05-01T07:25:37.000+0000` (no colon in the zone, whole seconds) and `2026-03-08`. */

export const DAY = 86_400_000;
export const MINUTE = 60_000;

/** Such strings all have one length and zone, so comparing them as text compares the times. */
export function toWireDateTime(ms: number): string {
  return `${new Date(Math.floor(ms / 1000) * 1000).toISOString().slice(0, 23)}+0000`;
}

export function toWireDate(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** Milliseconds of a date-time in any ISO notation, the CRM's own included; undefined when it is none. */
export function parseDateTime(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/.test(text)) return undefined;
  const ms = Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return Number.isNaN(ms) ? undefined : ms;
}

/** Whether the text is a calendar date that exists. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const ms = Date.parse(text);
  return !Number.isNaN(ms) && toWireDate(ms) === text;
}
