import { AppError } from '@/lib/shared/errors';

const QUOTE = 34;
const COMMA = 44;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/**
 * The largest text field of Salesforce holds 131,072 characters (its limits for long and rich text areas). Without a limit a
 * quote that is never closed would take the whole answer for one value.
 */
const MAX_VALUE_CHARS = 1024 * 1024;

/**
 * The rows of a CSV text that comes in pieces cut anywhere: RFC 4180 with commas, LF or CRLF, quoted or bare values. The
 * header is the first row of the first batch, a batch is what one piece completed, and an empty value is an empty string.
 *
 * A text that was cut off is an error, with one gap: the last line may lack its end if its last value is quoted. So a cut
 * between the two quotes of an escape in the last column looks whole, and so does one between two columns of the header.
 * Compare the header with the columns asked for, and the number of rows with what the CRM says.
 *
 * The strings share memory with the pieces they came from: one that is kept for long keeps its piece.
 *
 * @throws AppError `crm.answer-unreadable` when a row is not as wide as the header, when a quote or carriage return stands
 *   where none may, when the text ends within a value or a row, or when a million characters bring no end of a value; and
 *   what `chunks` throws
 */
export async function* readCsv(chunks: AsyncIterable<string>): AsyncGenerator<string[][], void, void> {
  const reader = createReader();
  for await (const chunk of chunks) {
    const rows = reader.read(chunk);
    if (rows.length > 0) yield rows;
  }
  const rows = reader.end();
  if (rows.length > 0) yield rows;
}

function createReader() {
  let rest = '';
  let row: string[] = [];
  let width: number | null = null;

  function read(chunk: string): string[][] {
    const text = rest + chunk;
    const rows: string[][] = [];
    let start = 0;
    for (let end = endOfValue(text, start); end !== null; end = endOfValue(text, start)) {
      row.push(valueAt(text, start, end));
      if (width !== null && row.length > width) throw unreadable();
      const separator = text.charCodeAt(end);
      start = end + (separator === CARRIAGE_RETURN ? 2 : 1);
      if (separator === COMMA) continue;
      width ??= row.length;
      if (row.length < width) throw unreadable();
      rows.push(row);
      row = [];
    }
    rest = text.slice(start);
    if (rest.length > MAX_VALUE_CHARS) throw unreadable();
    return rows;
  }

  function end(): string[][] {
    if (rest === '' && row.length === 0) return [];
    if (!rest.endsWith('"') && !rest.endsWith('"\r')) throw unreadable();
    const rows = read('\n');
    if (rest !== '') throw unreadable();
    return rows;
  }

  return { read, end };
}

/** Where the separator behind a value stands; null when the text does not reach as far. */
function endOfValue(text: string, start: number): number | null {
  const end = text.charCodeAt(start) === QUOTE ? endOfQuoted(text, start) : endOfBare(text, start);
  if (end === -1 || end === text.length) return null;
  const code = text.charCodeAt(end);
  if (code === COMMA || code === LINE_FEED) return end;
  if (code !== CARRIAGE_RETURN) throw unreadable();
  if (end + 1 === text.length) return null;
  if (text.charCodeAt(end + 1) !== LINE_FEED) throw unreadable();
  return end;
}

function endOfQuoted(text: string, start: number): number {
  let quote = text.indexOf('"', start + 1);
  while (quote !== -1 && text.charCodeAt(quote + 1) === QUOTE) quote = text.indexOf('"', quote + 2);
  return quote === -1 ? -1 : quote + 1;
}

function endOfBare(text: string, start: number): number {
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === COMMA || code === LINE_FEED || code === CARRIAGE_RETURN || code === QUOTE) return at;
  }
  return -1;
}

function valueAt(text: string, start: number, end: number): string {
  if (text.charCodeAt(start) !== QUOTE) return text.slice(start, end);
  const value = text.slice(start + 1, end - 1);
  return value.includes('"') ? value.replaceAll('""', '"') : value;
}

const unreadable = () => new AppError('crm.answer-unreadable');
