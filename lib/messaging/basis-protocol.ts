/** What views ask about the legal basis of people: the company's answers, the suppression list, and notices that are due. */
import type { BasisTemplate, TemplateTexts } from '@/lib/shared/person-basis';

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

export interface BasisRequests {
  /** Null: the company has not answered yet. */
  'basis.template': { in: { connectionId: string }; out: BasisTemplate | null };
  /** Keeps other answers, as the next version. */
  'basis.saveTemplate': { in: { connectionId: string; texts: TemplateTexts }; out: BasisTemplate };
  /** Takes the answers from the text of a file. @throws `basis.template-invalid`; nothing is changed then */
  'basis.importTemplate': { in: { connectionId: string; text: string }; out: BasisTemplate };
  'basis.suppressed': { in: { connectionId: string }; out: { count: number } };
  /** Puts an e-mail address or a phone number on the list, or takes it off. @throws `basis.contact-invalid` */
  'basis.suppress': { in: { connectionId: string; contact: string; on: boolean }; out: { count: number } };
  /** The most urgent first; those that are due within a week, and overdue ones. No call. */
  'notices.list': { in: Record<never, never>; out: NoticeItem[] };
  /** Takes one off the list that was done without its Task being closed. */
  'notices.dismiss': { in: { connectionId: string; taskId: string }; out: null };
}
