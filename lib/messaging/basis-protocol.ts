/** What views ask about the legal basis of people: the company's answers, the suppression list, and notices that are due. */
import type { KeptTemplate, TemplateTexts } from '@/lib/shared/person-basis';

/** A person who still has to be told that they are in the CRM (Art. 14 GDPR). Days are ISO. */
export interface NoticeItem {
  connectionId: string;
  taskId: string;
  /** The Task's subject, which names the person. */
  subject: string;
  due: string;
  isOverdue: boolean;
  /** The Task in the CRM. */
  url: string;
}

/** What a company has decided about people. */
interface CompanyAnswers {
  /** Null: it has not answered yet. */
  template: KeptTemplate | null;
  isRequired: boolean;
}

export interface BasisRequests {
  /** @throws `basis.template-damaged`; saving or importing begins anew */
  'basis.template': { in: { connectionId: string }; out: CompanyAnswers };
  /** Keeps other answers, as the next version. */
  'basis.saveTemplate': { in: { connectionId: string; texts: TemplateTexts }; out: KeptTemplate };
  /** Takes the answers from the text of a file. @throws `basis.template-invalid`; nothing is changed then */
  'basis.importTemplate': { in: { connectionId: string; text: string }; out: KeptTemplate };
  /** Whether legitimate interest waits for the company's answers. */
  'basis.requireTemplate': { in: { connectionId: string; on: boolean }; out: null };
  /** @throws `suppression.damaged` */
  'basis.suppressed': { in: { connectionId: string }; out: { count: number } };
  /** Puts an e-mail address or a phone number on the list, or takes it off. @throws `basis.contact-invalid`, `suppression.damaged` */
  'basis.suppress': { in: { connectionId: string; contact: string; on: boolean }; out: { count: number } };
  /** Begins the list anew when it was damaged; one that can be read is left as it is. */
  'basis.resetSuppressed': { in: { connectionId: string }; out: { count: number } };
  /** The most urgent first; those that are due within a week, and overdue ones. No call. */
  'notices.list': { in: Record<never, never>; out: NoticeItem[] };
  /** Takes one off the list that was done without its Task being closed. */
  'notices.dismiss': { in: { connectionId: string; taskId: string }; out: null };
}
