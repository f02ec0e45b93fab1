import { browser } from 'wxt/browser';

/** Creates a repeating alarm unless it exists: creating it anew at every worker start would reset its countdown for ever. */
export async function ensureAlarm(name: string, periodInMinutes: number): Promise<void> {
  const existing = await browser.alarms.get(name);
  if (existing?.periodInMinutes === periodInMinutes) return;
  await browser.alarms.create(name, { periodInMinutes, delayInMinutes: Math.min(1, periodInMinutes) });
}

/** Sets an alarm that rings once, at `when` (ms since 1970), in place of one of that name; null takes it away. */
export async function alarmOnceAt(name: string, when: number | null): Promise<void> {
  if (when === null) await browser.alarms.clear(name);
  else await browser.alarms.create(name, { when });
}

export async function stopAlarm(name: string): Promise<void> {
  await browser.alarms.clear(name);
}

export async function stopAllAlarms(): Promise<void> {
  await browser.alarms.clearAll();
}

export function onAlarm(handler: (name: string) => void): void {
  browser.alarms.onAlarm.addListener((alarm) => handler(alarm.name));
}
