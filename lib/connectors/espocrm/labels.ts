import { language, scopeWords } from './api-schemas';
import type { EspoClient } from './client';

/** What EspoCRM calls the fields of an entity type and their values, in the language of the key's holder. */
export interface Words {
  label(field: string): string;
  help(field: string): string | null;
  option(field: string, value: string): string;
}

const textIn = (from: unknown, name: string): string | null => {
  const value =
    typeof from === 'object' && from !== null && Object.hasOwn(from, name) ? (from as Record<string, unknown>)[name] : null;
  return typeof value === 'string' && value !== '' ? value : null;
};
const groupIn = (from: unknown, name: string): unknown =>
  typeof from === 'object' && from !== null && Object.hasOwn(from, name) ? (from as Record<string, unknown>)[name] : undefined;

/** `billingAddressCity` → `Billing Address City`, where no language names it. */
const humanized = (name: string): string => (name.charAt(0).toUpperCase() + name.slice(1)).replace(/([a-z\d])([A-Z])/g, '$1 $2');

/** The words of an entity type; those of every type stand in for what it does not name itself. One call. @throws AppError */
export async function wordsOf(client: EspoClient, entityType: string): Promise<Words> {
  const all = await client.get('I18n', language);
  const [own, common] = [entityType, 'Global'].map((name) => scopeWords.safeParse(all[name]).data ?? {});
  const named = (field: string) => textIn(own?.fields, field) ?? textIn(common?.fields, field);
  return {
    // A link is called as the field that it is kept for: `assignedUserId` as `assignedUser`.
    label: (field) => named(field) ?? named(field.replace(/(?:Id|Date)$/, '')) ?? humanized(field),
    help: (field) => textIn(own?.tooltips, field),
    option: (field, value) =>
      textIn(groupIn(own?.options, field), value) ?? textIn(groupIn(common?.options, field), value) ?? value,
  };
}

/** The values of a field to choose from, with their labels. The empty one is what is left out. Pure. */
export function optionsOf(field: string, options: readonly unknown[], words: Words): { value: string; label: string }[] {
  return options
    .map((value) => (value === null ? '' : String(value)))
    .filter((value) => value !== '')
    .map((value) => ({ value, label: words.option(field, value) }));
}
