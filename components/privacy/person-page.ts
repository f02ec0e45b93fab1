import { i18n } from '#i18n';
import type { PersonFile } from '@/lib/messaging/rights-protocol';
import { displayLocale, formatMoment } from '../ui/format';
import { readable } from '../ui/text';
import { fieldName } from './words';

const LOOK =
  'body{font:14px/1.5 system-ui,sans-serif;max-width:45rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;width:100%;margin:.5rem 0 1.5rem}' +
  'th,td{border:1px solid #bbb;padding:.25rem .5rem;text-align:start;vertical-align:top;overflow-wrap:anywhere}th{width:12rem;font-weight:500}';

/**
 * What is held of a person as a page that can be read and printed by anybody, without Sidelight. All of it is put in as text: a value
 * that looks like markup stays what it is.
 */
export function readablePage(file: PersonFile): string {
  const page = document.implementation.createHTMLDocument(i18n.t('rights.pageTitle'));
  page.documentElement.lang = displayLocale();
  const charset = page.createElement('meta');
  charset.setAttribute('charset', 'utf-8');
  page.head.prepend(charset);
  add(page.head, 'style', LOOK);
  add(page.body, 'h1', i18n.t('rights.pageTitle'));
  add(page.body, 'p', i18n.t('rights.pageText', [file.crm, readable(file.organisation)]));
  for (const { object, modifiedAt, url, fields, custom } of file.records) {
    add(page.body, 'h2', i18n.t(`rights.object.${object}`));
    add(page.body, 'p', `${i18n.t('rights.changed', [formatMoment(modifiedAt)])} · ${url}`);
    table(page.body, [
      ...Object.entries(fields).map(([name, value]) => [fieldName(name), value] as const),
      ...Object.entries(custom),
    ]);
  }
  for (const { where, content } of file.typed) {
    add(page.body, 'h2', i18n.t(`rights.where.${where}`));
    add(page.body, 'pre', JSON.stringify(content, null, 2)).style.whiteSpace = 'pre-wrap';
  }
  return `<!doctype html>\n${page.documentElement.outerHTML}`;
}

function add<K extends keyof HTMLElementTagNameMap>(parent: HTMLElement, tag: K, text: string): HTMLElementTagNameMap[K] {
  const element = parent.ownerDocument.createElement(tag);
  element.textContent = text;
  parent.append(element);
  return element;
}

/** Fields without a value say nothing of the person. */
function table(parent: HTMLElement, rows: (readonly [string, string | number | boolean | null])[]): void {
  const body = add(parent, 'table', '');
  for (const [name, value] of rows) {
    if (value === null || value === '') continue;
    const row = add(body, 'tr', '');
    add(row, 'th', name).scope = 'row';
    add(row, 'td', typeof value === 'boolean' ? i18n.t(value ? 'rights.yes' : 'rights.no') : String(value));
  }
}
