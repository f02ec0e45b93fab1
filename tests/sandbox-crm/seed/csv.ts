/** Rows of a CSV text (RFC 4180: quoted values may hold commas, line ends and doubled quotes), keyed by its header. */
export function parseCsv(text: string): Record<string, string>[] {
  const [header = [], ...lines] = records(text);
  return lines
    .filter((values) => values.length > 1 || values[0] !== '')
    .map((values) => Object.fromEntries(header.map((name, column) => [name, values[column] ?? ''])));
}

function records(text: string): string[][] {
  const all: string[][] = [];
  let values: string[] = [];
  // A value is quoted or plain; what follows it tells whether the record goes on.
  const value = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;
  while (value.lastIndex < text.length) {
    const match = value.exec(text);
    if (!match) throw new Error('Not a CSV file');
    values.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] !== ',') {
      all.push(values);
      values = [];
    }
  }
  return all;
}
