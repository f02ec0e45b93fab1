/** Anything with a name for people and one for the machine. */
export interface Named {
  name: string;
  label: string;
}

/** More than this is not read, it is scrolled past. */
const MOST_SHOWN = 50;

interface Found<T> {
  shown: T[];
  /** How many fit, also those that are not shown. */
  total: number;
}

/** Letters as they are typed in a hurry: no case, no accents. */
function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** The items that have every word of `query` in their label or name, in their order, but those that are chosen first. */
export function searchFields<T extends Named>(items: readonly T[], query: string, chosen: ReadonlySet<string>): Found<T> {
  const words = plain(query).split(/\s+/).filter(Boolean);
  const fitting = items.filter((item) => {
    const text = plain(`${item.label} ${item.name}`);
    return words.every((word) => text.includes(word));
  });
  const rank = (item: T) => (chosen.has(item.name) ? 0 : 1);
  fitting.sort((a, b) => rank(a) - rank(b));
  return { shown: fitting.slice(0, MOST_SHOWN), total: fitting.length };
}
