/** Where the number of each named box's last write stands, outside the copy: one that is gone or older is noticed. */
export interface MarkStore {
  load(): Promise<Map<string, number>>;
  /** Never lowers a mark. */
  save(box: string, n: number): Promise<void>;
}

/** More writes than anybody makes; beyond it counting would lose its exactness. */
const MOST = 2 ** 38;

/** The marks that `stored` says. What can be no count of writes is as good as none. */
export function readMarks(stored: unknown): Map<string, number> {
  if (typeof stored !== 'object' || stored === null) return new Map();
  return new Map(Object.entries(stored).filter((entry): entry is [string, number] => isCount(entry[1])));
}

/** `stored` with the mark of `box` at `n`, or where it is when that is higher. */
export function withMark(stored: unknown, box: string, n: number): Record<string, number> {
  const marks = readMarks(stored);
  return Object.fromEntries(marks.set(box, Math.max(n, marks.get(box) ?? 0)));
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) > 0 && Number(value) < MOST;
}
