/** The English texts as the browser would give them: what '#i18n' is for every test of this configuration, which runs without a browser. */
import { generateChromeMessages, parseMessagesFile } from '@wxt-dev/i18n/build';

const messages = generateChromeMessages(await parseMessagesFile(new URL('../../locales/en.yml', import.meta.url).pathname));

export const i18n = {
  t(key: string, ...rest: (number | (string | number)[] | Record<string, string | number>)[]): string {
    const entry = messages[key.replaceAll('.', '_')];
    if (!entry) throw new Error(`No text for ${key}`);
    const count = rest.find((one) => typeof one === 'number');
    const listed = rest.find((one) => Array.isArray(one)) ?? (count === undefined ? [] : [count]);
    const named = rest.find((one) => typeof one === 'object' && !Array.isArray(one)) ?? {};
    const forms = entry.message.split(' | ');
    const form = count === undefined ? entry.message : (forms[count === 1 ? 0 : forms.length - 1] ?? '');
    return form
      .replace(/\$([1-9])/g, (_, digit: string) => String(listed[Number(digit) - 1] ?? ''))
      .replace(/\{(\w+)\}/g, (whole, name: string) => String((named as Record<string, unknown>)[name] ?? whole));
  },
};
