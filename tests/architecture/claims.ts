import { existsSync, readFileSync } from 'node:fs';
import { join, matchesGlob } from 'node:path';
import { parseSync } from 'vite';

/** A file whose tests a claim may rest on, and the titles in it as the source writes them. */
interface Reference {
  file: string;
  title: string;
}

/** What one document says: where each of its claims stands, and what its footnotes name. */
interface Claims {
  /** The beginning of each block that claims something and points to no footnote. */
  unmarked: string[];
  /** Names of footnotes that claims point to. */
  used: string[];
  footnotes: Map<string, Footnote>;
}

type Footnote = { references: Reference[] } | { unproven: string } | 'malformed';

/** How a footnote begins that says why no test proves the claim. */
const UNPROVEN = 'Not proven by a test: ';
/** Ends a paragraph that only leads to others or says what people are to do; in a heading, all of its section. */
const NO_CLAIM = '<!-- no claim -->';
const DEFINITION = /^\[\^([a-z0-9-]+)\]: (.*)$/;
const REFERENCES = /^`(tests\/[^`]+)` › ((?:`[^`]+`)(?:, `[^`]+`)*)$/;

const marksIn = (text: string) => [...text.matchAll(/\[\^([a-z0-9-]+)\]/g)].flatMap(([, name]) => name ?? []);

function footnoteOf(text: string): Footnote {
  if (text.startsWith(UNPROVEN))
    return text.length > UNPROVEN.length + 20 ? { unproven: text.slice(UNPROVEN.length) } : 'malformed';
  const references: Reference[] = [];
  for (const part of text.split(/; (?=`tests\/)/)) {
    const [, file, titles] = REFERENCES.exec(part) ?? [];
    if (file === undefined || titles === undefined) return 'malformed';
    for (const [, title] of titles.matchAll(/`([^`]+)`/g)) references.push({ file, title: title ?? '' });
  }
  return { references };
}

/** Paragraphs, list items and rows of tables, each as one line. A table whose head points to a footnote is one block. Sections without claims are left out. */
function blocksOf(markdown: string): string[] {
  const blocks: string[] = [];
  let open = false;
  let claiming = true;
  let inTable: 'no' | 'rows' | 'proven' = 'no';
  for (const line of markdown.split('\n').map((one) => one.trim())) {
    const isRow = line.startsWith('|');
    if (!isRow) inTable = 'no';
    if (line.startsWith('#')) claiming = !line.endsWith(NO_CLAIM);
    if (line === '' || line.startsWith('#') || !claiming) {
      open = false;
    } else if (isRow) {
      open = false;
      if (inTable === 'rows' && !/^[|\s:-]+$/.test(line)) blocks.push(line);
      if (inTable === 'no') inTable = marksIn(line).length > 0 ? 'proven' : 'rows';
      if (inTable === 'proven' && marksIn(line).length > 0) blocks.push(line);
    } else if (open && !/^(?:- |\d+\. |\[\^[a-z0-9-]+\]:)/.test(line)) {
      blocks.push(`${blocks.pop() ?? ''} ${line}`);
    } else {
      blocks.push(line);
      open = true;
    }
  }
  return blocks;
}

/**
 * Reads the claims of a document and what they rest on. Every paragraph, list item and row of a table is a claim, unless it ends with a colon
 * or with `<!-- no claim -->`, or the heading of its section does; a footnote names files and titles of tests, or says why there is none.
 * @param markdown The text of the document.
 */
export function claimsOf(markdown: string): Claims {
  const claims: Claims = { unmarked: [], used: [], footnotes: new Map() };
  for (const block of blocksOf(markdown)) {
    const [, name, text] = DEFINITION.exec(block) ?? [];
    if (name !== undefined && text !== undefined) {
      claims.footnotes.set(name, claims.footnotes.has(name) ? 'malformed' : footnoteOf(text));
      continue;
    }
    const marks = marksIn(block);
    claims.used.push(...marks);
    if (marks.length === 0 && !block.endsWith(':') && !block.endsWith(NO_CLAIM)) claims.unmarked.push(block.slice(0, 80));
  }
  return claims;
}

interface Node {
  type: string;
  start: number;
  end: number;
  [key: string]: unknown;
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value;

const childrenOf = (node: Node) => Object.values(node).flat().filter(isNode);

/** "test", "it", "test.each", "test.describe.skip": the dotted name of what is called, through the call that `each` is. */
function calledName(node: unknown): string {
  if (!isNode(node)) return '';
  if (node.type === 'Identifier') return String(node.name);
  if (node.type === 'MemberExpression') return `${calledName(node.object)}.${calledName(node.property)}`;
  if (node.type === 'CallExpression') return calledName(node.callee);
  return node.type === 'TaggedTemplateExpression' ? calledName(node.tag) : '';
}

/**
 * Titles of the tests in a file, as its source writes them: `%s` and `${…}` stand as they are. Those that are skipped are none.
 * @param path Its path, for the kind of its syntax.
 * @param text The source of a test file.
 */
export function testTitles(path: string, text: string): string[] {
  const titles: string[] = [];
  const visit = (node: Node): void => {
    const name = node.type === 'CallExpression' ? calledName(node.callee) : '';
    if (/\.(?:skip|todo|fixme)$/.test(name) && childrenOf(node).length > 2) return;
    if (/^(?:test|it)(?:\.each|\.for|\.concurrent)*$/.test(name) && Array.isArray(node.arguments)) {
      const [title] = node.arguments;
      if (isNode(title) && title.type === 'Literal') titles.push(String(title.value));
      if (isNode(title) && title.type === 'TemplateLiteral') titles.push(text.slice(title.start + 1, title.end - 1));
    }
    childrenOf(node).forEach(visit);
  };
  const { program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path} cannot be read: ${errors[0]?.message}`);
  visit(program as unknown as Node);
  return titles;
}

interface TestConfig {
  test?: { include?: string[] };
  testDir?: string;
}

/** A runner's call in a script, with the configuration that it names or else takes. */
const RUNNER = /\b(vitest run|playwright test)(?: --config (\S+))?/g;
const DEFAULT_CONFIG = { 'vitest run': 'vitest.config.ts', 'playwright test': 'playwright.config.ts' };

/**
 * Which files `npm test` runs, by the scripts that it calls and the configurations of the runners in them.
 * @param root The project's folder.
 * @param scripts The scripts of its package.json.
 * @param load Reads a configuration by its path.
 */
export async function runByNpmTest(
  root: string,
  scripts: Record<string, string>,
  load: (path: string) => Promise<TestConfig>,
): Promise<(file: string) => boolean> {
  const patterns: string[] = [];
  for (const [, script] of (scripts.test ?? '').matchAll(/npm run (\S+)/g)) {
    for (const [, runner, config] of (scripts[script ?? ''] ?? '').matchAll(RUNNER)) {
      const { test, testDir } = await load(join(root, config ?? DEFAULT_CONFIG[runner as keyof typeof DEFAULT_CONFIG]));
      patterns.push(...(test?.include ?? []), ...(testDir === undefined ? [] : [`${testDir}/**/*.{spec,test}.{ts,tsx}`]));
    }
  }
  return (file) => patterns.some((pattern) => matchesGlob(file, pattern));
}

/**
 * What is wrong with the claims of a document, in words; nothing when each is backed.
 * @param markdown The text of the document.
 * @param root The project's folder, where the files of tests are looked for.
 * @param isRun Whether `npm test` runs a file.
 */
export function faultsOf(markdown: string, root: string, isRun: (file: string) => boolean): string[] {
  const { unmarked, used, footnotes } = claimsOf(markdown);
  const faults = unmarked.map((claim) => `no test is named: ${claim}`);
  for (const name of used) if (!footnotes.has(name)) faults.push(`no such footnote: ${name}`);
  for (const [name, footnote] of footnotes) {
    if (!used.includes(name)) faults.push(`nothing points to the footnote ${name}`);
    if (footnote === 'malformed') faults.push(`the footnote ${name} names nothing, or stands twice`);
    else if ('references' in footnote) faults.push(...footnote.references.flatMap((one) => referenceFaults(one, root, isRun)));
  }
  return faults;
}

function referenceFaults({ file, title }: Reference, root: string, isRun: (file: string) => boolean): string[] {
  if (!existsSync(join(root, file))) return [`no such file: ${file}`];
  if (!isRun(file)) return [`npm test does not run ${file}`];
  return testTitles(file, readFileSync(join(root, file), 'utf8')).includes(title) ? [] : [`no such test: ${file} › ${title}`];
}
