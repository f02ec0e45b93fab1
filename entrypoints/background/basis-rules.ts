import { templateIn } from '@/lib/messaging/basis-schemas';
import type { BasisRules } from '@/lib/privacy/person-basis';
import { named } from '@/lib/privacy/template-hash';
import { AppError } from '@/lib/shared/errors';
import type { BasisTemplate, KeptTemplate } from '@/lib/shared/person-basis';
import type { LiveConnection } from './live-connection';

type Copied = Pick<LiveConnection, 'copy'>;

/** The company's answers, or null. @throws AppError `basis.template-damaged`: without them less would be asked than was wanted */
export async function templateOf({ copy }: Copied): Promise<KeptTemplate | null> {
  const stored = await copy.boxes.get('basis-template').catch((error: unknown) => {
    const isDamage = error instanceof AppError && error.code === 'vault.tampered';
    throw isDamage ? new AppError('basis.template-damaged', { cause: error }) : error;
  });
  if (stored === null || stored === undefined) return null;
  const template = templateIn(stored);
  if (!template) throw new AppError('basis.template-damaged');
  return named(template);
}

export async function keepTemplate({ copy }: Copied, template: BasisTemplate): Promise<KeptTemplate> {
  await copy.boxes.put('basis-template', template);
  return named(template);
}

/** Whether legitimate interest waits for the company's answers. What cannot be read counts as yes. */
export async function isTemplateRequired({ copy }: Copied): Promise<boolean> {
  try {
    const stored = await copy.boxes.get('basis-rules');
    if (stored === null || stored === undefined) return false;
    return (stored as { templateRequired?: unknown }).templateRequired !== false;
  } catch (error) {
    if (error instanceof AppError && error.code === 'vault.tampered') return true;
    throw error;
  }
}

export async function requireTemplate({ copy }: Copied, on: boolean): Promise<void> {
  await copy.boxes.put('basis-rules', { templateRequired: on });
}

/** What the company has decided about people. @throws AppError `basis.template-damaged` */
export async function rulesOf(connection: Copied): Promise<BasisRules> {
  const [template, required] = await Promise.all([templateOf(connection), isTemplateRequired(connection)]);
  return { template, isTemplateRequired: required };
}
