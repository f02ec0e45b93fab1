/** Fewer deletions than this are believed whatever their share: an org with few records would ask at every turn. */
const ALWAYS_BELIEVED = 50;
const MOST_SHARE = 0.2;

/** True when a run would delete so much of an object at once that a person has to be asked first. Pure. */
export function isTooMuch(deletions: number, live: number): boolean {
  return deletions > ALWAYS_BELIEVED && deletions > live * MOST_SHARE;
}
