/**
 * Art. 14 GDPR: whoever takes somebody's data from elsewhere tells them within a month. The duty becomes a dated Task in the
 * CRM, with the text prepared. Pure.
 */
const DAY_MS = 86_400_000;
const isoDay = (ms: number) => new Date(ms).toISOString().slice(0, 10);

/**
 * Until when the person is told: one calendar month after `day` (ISO), less a margin, and never before `day`. Of a longer month
 * than the next one, the last day of that.
 */
export function noticeDue(day: string, marginDays: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const lastOfNext = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const monthLater = Date.UTC(year, month, Math.min(date, lastOfNext));
  const due = isoDay(monthLater - marginDays * DAY_MS);
  return due < day ? day : due;
}

export const USUAL_MARGIN_DAYS = 5;

/** The texts of a notice, in the language of whoever creates the record. */
export interface NoticeWords {
  /** With the person's name. */
  subject: (name: string) => string;
  /** With the day until which, and what has to be noted when it is done. */
  intro: (due: string) => string;
  controller: string;
  purpose: string;
  basis: string;
  interest: string;
  categories: string;
  source: string;
  /** Art. 14(2): recipients, how long, and the rights, ready to be sent. */
  rights: string;
  /** What stands where the company has not answered yet. */
  blank: string;
}

/** What a notice is about. */
export interface NoticeFacts {
  name: string;
  due: string;
  /** The address of the page. */
  source: string;
  /** Article and name of the basis. */
  article: string;
  isInterest: boolean;
  template: { controller: string; purpose: string; necessity: string } | null;
}

const LONGEST_SUBJECT = 255;

/** Subject and text of the Task. */
export function noticeTask(facts: NoticeFacts, words: NoticeWords): { subject: string; text: string } {
  const { template, name } = facts;
  const answer = (text: string | undefined) => text?.trim() || words.blank;
  const lines = [
    words.intro(facts.due),
    '',
    `${words.controller}: ${answer(template?.controller)}`,
    `${words.purpose}: ${answer(template?.purpose)}`,
    `${words.basis}: ${facts.article}`,
    ...(facts.isInterest ? [`${words.interest}: ${answer(template?.necessity)}`] : []),
    words.categories,
    `${words.source}: ${facts.source}`,
    '',
    words.rights,
  ];
  return { subject: words.subject(name).slice(0, LONGEST_SUBJECT), text: lines.join('\n') };
}
