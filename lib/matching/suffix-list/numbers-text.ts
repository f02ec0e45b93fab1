/** Numbers begin here, so that the most frequent ones are letters that need no escape in a script and one byte in UTF-8. */
const FIRST = 35;

/** Whole numbers from 0 to 8000 as a text, one UTF-16 unit each. Pure. @throws RangeError for any other number */
export function textOf(numbers: Iterable<number>): string {
  return Array.from(numbers, (number) => {
    // Behind them begin the line separators and the surrogates, which not every tool leaves as they are.
    if (!Number.isInteger(number) || number < 0 || number > 8000) throw new RangeError(`${number} has no letter`);
    return String.fromCharCode(FIRST + number);
  }).join('');
}

/** The numbers of a text that `textOf` made. Pure. */
export function numbersIn(text: string): Uint16Array {
  return Uint16Array.from({ length: text.length }, (_, index) => text.charCodeAt(index) - FIRST);
}
