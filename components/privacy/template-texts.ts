import { type BasisTemplate, type KeptTemplate, type TemplateTexts, USUAL_KINDS } from '@/lib/shared/person-basis';

const USUAL_MARGIN_DAYS = 5;

/** The answers as a form begins with them. Nothing is answered for a company: what is empty was never decided. */
export function textsOf(template: KeptTemplate | null): TemplateTexts {
  if (template) {
    const { version: _version, hash: _hash, ...texts } = template;
    return texts;
  }
  const empty = { controller: '', purpose: '', necessity: '', safeguards: '', owner: '', reviewBy: '' };
  return { ...empty, kinds: [...USUAL_KINDS], marginDays: USUAL_MARGIN_DAYS };
}

/** Whether everything that has to be answered is. */
export function isComplete({ controller, purpose, necessity, owner, reviewBy, kinds, marginDays }: TemplateTexts): boolean {
  const isMargin = Number.isInteger(marginDays) && marginDays >= 0 && marginDays <= 27;
  return isMargin && kinds.length > 0 && [controller, purpose, necessity, owner, reviewBy].every((text) => text.trim() !== '');
}

/** The text of the file by which one colleague hands the answers to the next. The hash is made of them anew. */
export function fileOf({ hash: _hash, ...template }: KeptTemplate): string {
  const whole: BasisTemplate = template;
  return `${JSON.stringify({ sidelight: 'legal-basis-template', format: 1, template: whole }, null, 2)}\n`;
}
