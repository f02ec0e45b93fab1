import { parseSync } from 'vite';
import type { SourceFile } from './layers.ts';

/** A node of the syntax tree, as far as it matters here. */
interface Node {
  type: string;
  start: number;
  [key: string]: unknown;
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value;

const HAS_WORD = /\p{L}{2}/u;
/** Attributes and properties of our own components that a person reads or hears. */
const SPOKEN =
  /^(?:alt|title|placeholder|label|summary|none|text|heading|description|aria-(?:label|description|roledescription|valuetext))$/;
/** What stands in these is code, an address or a key, and the same in every language. */
const VERBATIM = new Set(['code', 'kbd', 'Code', 'Key']);
const ADDRESS = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/;
/** A capital letter, three words or more, and a sign that ends a sentence. */
const SENTENCE = /^\p{Lu}[\p{L}’']*(?:,? [\p{L}\p{N}’'“”-]+){2,}[.?!]/u;

/** The texts that an expression may come to: its own strings, those of its branches, the fixed parts of a template. */
function textsOf(value: unknown): string[] {
  if (!isNode(value)) return [];
  if (value.type === 'Literal') return typeof value.value === 'string' ? [value.value] : [];
  if (value.type === 'JSXExpressionContainer') return textsOf(value.expression);
  if (value.type === 'TemplateLiteral') {
    const quasis = value.quasis as { value: { raw: string } }[];
    return [quasis.map(({ value: { raw } }) => raw).join('x')];
  }
  if (value.type === 'ConditionalExpression') return [...textsOf(value.consequent), ...textsOf(value.alternate)];
  if (value.type === 'LogicalExpression') return [...textsOf(value.left), ...textsOf(value.right)];
  return [];
}

function spokenTexts(node: Node): string[] {
  if (node.type === 'JSXText') return [String(node.value)];
  if (node.type === 'JSXAttribute') {
    const { name } = node.name as { name: unknown };
    return typeof name === 'string' && SPOKEN.test(name) ? textsOf(node.value) : [];
  }
  if (node.type === 'JSXElement') return (node.children as Node[]).filter(({ type }) => type !== 'JSXText').flatMap(textsOf);
  return [];
}

function elementName(node: Node): string | null {
  const { name } = (node.openingElement as { name: { name?: string } } | undefined) ?? { name: {} };
  return node.type === 'JSXElement' ? (name.name ?? null) : null;
}

/** Goes through the tree; `visit` says whether to go on below a node. */
function walk(value: unknown, visit: (node: Node) => boolean): void {
  if (Array.isArray(value)) for (const one of value) walk(one, visit);
  else if (isNode(value) && visit(value)) for (const key of Object.keys(value)) walk(value[key], visit);
}

/** Texts in the source that a person would read and no translator would see, one line each. */
export function literalWords({ path, text }: SourceFile): string[] {
  const found: string[] = [];
  walk(parseSync(path, text).program, (node) => {
    if (node.type === 'ImportDeclaration' || VERBATIM.has(elementName(node) ?? '')) return false;
    const spoken = spokenTexts(node).filter((one) => HAS_WORD.test(one.trim()) && !ADDRESS.test(one.trim()));
    const sentences = textsOf(node).filter((one) => SENTENCE.test(one));
    found.push(...[...spoken, ...sentences].map((one) => `${path}: ${one.trim()}`));
    return true;
  });
  return [...new Set(found)];
}

const PHYSICAL_CLASS =
  /(?<![\w-])-?(?:(?:m|p|scroll-m|scroll-p)[lr]-|(?:left|right)-(?!of)|(?:text|float|clear|origin|object|bg)-(?:left|right)\b|border-[lr]\b|rounded-(?:[lr]|[tb][lr])\b|bg-(?:gradient|linear)-to-[lr]\b)/g;
const PHYSICAL_STYLE =
  /(?<![\w-])(?:(?:margin|padding|border)-(?:left|right)|(?<!inset-)(?:left|right)(?=\s*:))|text-align:\s*(?:left|right)/g;

/** Its start is where its own text begins, which may be the other side than in the line around it. */
const SIDE_OF_CRM_TEXT = /<(?:CrmText|bdi)\b[^>]*className="(?:[^"]* )?-?[mp][se]-[^>]*>/g;

/** Places in a view that name left or right, which a language that is written from the right turns around. */
export function physicalSides({ path, text }: SourceFile): string[] {
  const pattern = path.endsWith('.css') ? PHYSICAL_STYLE : PHYSICAL_CLASS;
  const strings = path.endsWith('.css') ? [text] : (text.match(/(['"`])(?:(?!\1)[^\\]|\\.)*\1/gs) ?? []);
  const sides = strings.flatMap((one) => [...one.matchAll(pattern)]);
  return [...sides, ...text.matchAll(SIDE_OF_CRM_TEXT)].map(([side]) => `${path}: ${side}`);
}
