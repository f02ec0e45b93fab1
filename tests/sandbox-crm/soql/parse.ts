import { parseQuery } from '@jetstreamapp/soql-parser-js';
import type { Query } from '@jetstreamapp/soql-parser-js';
import { SoqlError, notInSandbox } from './soql-error.ts';

/** The parsed query. @throws SoqlError MALFORMED_QUERY with the word Salesforce would stumble over */
export function parseSoql(soql: string): Query {
  if (soql.trim() === '') throw new SoqlError('MALFORMED_QUERY', 'A query string has to be specified');
  const query = parsed(soql);
  if (countNots(soql) !== JSON.stringify(query).split('"operator":"NOT"').length - 1) throw notInSandbox('so many nested NOTs');
  return query;
}

function parsed(soql: string): Query {
  try {
    return parseQuery(soql);
  } catch (error) {
    throw malformed(error instanceof Error ? error.message : '', soql);
  }
}

/** The parser (6.3.1) loses the third of `NOT ((NOT ((NOT (…`; counting them is how that is noticed. */
function countNots(soql: string): number {
  const outsideText = soql.replace(/'(?:\\.|[^'\\])*'/g, '');
  return outsideText.match(/\bNOT\b(?!\s+IN\b)/gi)?.length ?? 0;
}

function malformed(message: string, soql: string): SoqlError {
  const expected = /--> (\S+) <-- but/.exec(message)?.[1];
  const found = /found:? (?:--> )?'?([^'\s]*)/i.exec(message)?.[1];
  // A misspelt FROM reads as an alias of the last field until the next word; the CRM names the misspelt word itself.
  const before = expected === 'FROM' && found ? new RegExp(`(\\w+)\\s+${found}\\b`).exec(soql)?.[1] : undefined;
  const word = before ?? found;
  return word
    ? new SoqlError('MALFORMED_QUERY', `unexpected token: '${word}'`, word)
    : new SoqlError('MALFORMED_QUERY', 'unexpected end of query');
}
