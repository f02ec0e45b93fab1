import type { ElementHandle, Frame, Page } from 'puppeteer-core';
import { until } from '../world/within.ts';

/** What a person does with a page: looks for a text, presses a button, fills in a field. All of it waits until it can be done. */
type View = Page | Frame;

/** Only bounds how long a failure takes. */
export const PATIENCE_MS = 60_000;

/** The text that is shown. */
export async function shown(view: View): Promise<string> {
  // biome-ignore lint/performance/useDomNodeTextContent: what is hidden does not count
  return view.evaluate(() => document.body?.innerText ?? '');
}

/** Waits until `text` is shown. */
export async function see(view: View, text: string | RegExp, timeoutMs = PATIENCE_MS): Promise<void> {
  let last = '';
  const look = async () => {
    // A document that is on its way out cannot be asked; the next one can.
    last = await shown(view).catch(() => last);
    return (typeof text === 'string' ? last.includes(text) : text.test(last)) || undefined;
  };
  await until(timeoutMs, `to see ${text}`, look).catch((error: Error) => {
    throw new Error(`${error.message} There is: ${last.slice(0, 2000)}`);
  });
}

/** Presses the button, link or choice of that name. */
export async function press(view: View, role: 'button' | 'link' | 'radio', name: string): Promise<void> {
  const selector = `::-p-aria([name="${name}"][role="${role}"])`;
  const element = await until(PATIENCE_MS, `a ${role} "${name}"`, async () => (await view.$(selector)) ?? undefined);
  await element.click();
}

/** The field whose label begins with `label`. */
export async function field(view: View, label: string): Promise<ElementHandle<HTMLInputElement>> {
  return until(PATIENCE_MS, `a field "${label}"`, async () => {
    const handle = await view.evaluateHandle(
      (wanted) =>
        [...document.querySelectorAll('label')].find((one) => one.textContent.trim().startsWith(wanted))?.control ?? null,
      label,
    );
    return (handle.asElement() as ElementHandle<HTMLInputElement> | null) ?? undefined;
  });
}

/** Types into the field whose label begins with `label`. */
export async function fill(view: View, label: string, value: string): Promise<void> {
  const input = await field(view, label);
  await input.click({ count: 3 });
  await input.type(value);
}
