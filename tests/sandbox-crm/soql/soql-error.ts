/** What is wrong with a query, in Salesforce's codes. The sentence is completed with the place when it is answered. */
export class SoqlError extends Error {
  readonly code: string;
  /** The word of the query that is wrong; undefined when the answer names no place. */
  readonly word: string | undefined;

  constructor(code: string, message: string, word?: string) {
    super(message);
    this.name = 'SoqlError';
    this.code = code;
    this.word = word;
  }
}

/** The message as the CRM answers it: the query, a caret under the wrong word, its position, and what is wrong with it. */
export function describeSoqlError(error: SoqlError, soql: string): string {
  if (error.word === undefined) return error.message;
  const at = positionOf(error.word, soql);
  const from = Math.max(0, at - 60);
  const excerpt = soql.slice(from, at + 60).replace(/\s/g, ' ');
  return `\n${excerpt}\n${' '.repeat(at - from)}^\nERROR at Row:1:Column:${at + 1}\n${error.message}`;
}

function positionOf(word: string, soql: string): number {
  const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const found = new RegExp(`(?<![\\w.])${escaped}(?![\\w])`, 'i').exec(soql);
  return found?.index ?? Math.max(0, soql.toLowerCase().indexOf(word.toLowerCase()));
}

const APPEND = 'Please reference your WSDL or the describe call for the appropriate names.';

export const noSuchColumn = (name: string, entity: string) =>
  new SoqlError(
    'INVALID_FIELD',
    `No such column '${name}' on entity '${entity}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. ${APPEND}`,
    name,
  );

export const noSuchRelationship = (name: string) =>
  new SoqlError(
    'INVALID_FIELD',
    `Didn't understand relationship '${name}' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. ${APPEND}`,
    name,
  );

export const noSuchType = (name: string) =>
  new SoqlError(
    'INVALID_TYPE',
    `sObject type '${name}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. ${APPEND}`,
    name,
  );

/** For what Salesforce can do and this sandbox cannot: a test should fail loudly, not quietly get something else. */
export const notInSandbox = (what: string) => new SoqlError('MALFORMED_QUERY', `The sandbox does not know ${what}`);
