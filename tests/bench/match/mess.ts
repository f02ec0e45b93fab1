/** A company's site as it should have been typed, and what a kind of mess may draw on. */
export interface Typed {
  name: string;
  /** Host as published, with or without `www.`. */
  host: string;
  random: () => number;
}

const bare = ({ host }: Typed) => host.replace(/^www\./, '');
const pick = <T>(random: () => number, list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
const label = (typed: Typed) => bare(typed).split('.')[0] ?? '';
const randomCase = ({ random }: Typed, text: string) =>
  [...text].map((letter) => (random() < 0.5 ? letter.toUpperCase() : letter)).join('');
const lastDot = (host: string, instead: string) => host.replace(/\.([^.]*)$/, `${instead}$1`);
const slug = ({ name }: Typed) => name.toLowerCase().replace(/[^a-z0-9]+/g, '-') || 'company';

/** What people, imports and other tools make of a website field. Seen in real CRMs and in 62,000 published website fields. */
export const MESS: Record<string, (typed: Typed) => string> = {
  'as it should be': (typed) => `https://${typed.host}`,
  'bare domain': bare,
  'with www.': (typed) => `www.${bare(typed)}`,
  'upper case': (typed) => `HTTP://${typed.host.toUpperCase()}/`,
  'mixed case': (typed) => `https://${randomCase(typed, typed.host)}`,
  'path, query, fragment': (typed) => `https://${typed.host}/en/index.html?utm_source=crm&id=${label(typed)}.com#top`,
  port: (typed) => `http://${typed.host}:8080/`,
  'user and password': (typed) => `https://guest:guest@${typed.host}/`,
  'trailing dot': (typed) => `${typed.host}.`,
  'trailing comma or semicolon': (typed) => typed.host + pick(typed.random, [',', ';', ' ,', '!?']).replace('!?', ';'),
  'scheme twice': (typed) => `http://http://${typed.host}`,
  'scheme after www': (typed) => `http://www.http://${typed.host}`,
  'colon missing': (typed) => `https//${typed.host}/`,
  'slash missing': (typed) => `http:/${typed.host}`,
  'both slashes missing': (typed) => `https:${typed.host}`,
  backslashes: (typed) => `http:\\\\${typed.host}\\`,
  'misspelt scheme': (typed) => `${pick(typed.random, ['htp', 'htttp', 'ttp', 'hhttp', 'htps', 'httpss'])}://${typed.host}`,
  'semicolon for colon': (typed) => `http;//${typed.host}`,
  'scheme-relative': (typed) => `//${typed.host}/`,
  'spaces around': (typed) => `  ${typed.host}\u00A0 `,
  'unseen characters': (typed) => `\uFEFF${typed.host.slice(0, 3)}\u00AD${typed.host.slice(3)}\u200B`,
  'in brackets or quotes': (typed) =>
    pick(typed.random, [`<${typed.host}>`, `"${typed.host}"`, `[${typed.host}]`, `(${typed.host})`]),
  'e-mail address': (typed) => `info@${bare(typed)}`,
  'mailto link': (typed) => `mailto:sales@${bare(typed)}?subject=Hello`,
  'label in front': (typed) => pick(typed.random, ['Website: ', 'Web:', 'URL=', 'Homepage: ', 'site:']) + typed.host,
  'name in front': (typed) => `${typed.name.replace(/[.,]/g, ' ')} - ${typed.host}`,
  'remark behind': (typed) =>
    typed.host + pick(typed.random, [' (old)', ' - main site', '(verified 2024)', ' / do not use', ' ??']),
  'two hosts of one company': (typed) => `www.${bare(typed)} / shop.${bare(typed)}`,
  'with a social page': (typed) => `${typed.host}, https://www.facebook.com/${slug(typed)}`,
  'social page first': (typed) => `linkedin.com/company/${slug(typed)} | ${typed.host}`,
  'on two lines': (typed) => `${typed.host}\ninfo@${bare(typed)}`,
  'markdown link': (typed) => `[${typed.name}](https://${typed.host}/)`,
  'HTML link': (typed) => `<a href="http://${typed.host}/" target="_blank">${typed.name.replace(/[<>"&.]/g, '')}</a>`,
  'percent-encoded': (typed) => encodeURIComponent(`https://${typed.host}/start`),
  'behind a forwarder': (typed) => `https://www.google.com/url?q=https%3A%2F%2F${typed.host}%2F&sa=D`,
  'archived copy': (typed) => `https://web.archive.org/web/20200101000000/http://${typed.host}/`,
  'four w': (typed) => `wwww.${bare(typed)}`,
  'two w': (typed) => `http://ww.${bare(typed)}`,
  'two dots': (typed) => `www..${bare(typed)}`,
  'comma for the last dot': (typed) => lastDot(typed.host, ','),
  'space for the dot after www': (typed) => `www ${bare(typed)}`,
  'dot after www missing': (typed) => `www${bare(typed)}`,
  'space before the last dot': (typed) => lastDot(bare(typed), ' .'),
  'space behind the last dot': (typed) => lastDot(bare(typed), '. '),
  'dot spelt out': (typed) => bare(typed).replaceAll('.', pick(typed.random, [' dot ', ' [dot] ', '(dot)'])),
  'full-width dots': (typed) => typed.host.replaceAll('.', pick(typed.random, ['．', '。'])),
  'viewed source': (typed) => `view-source:https://${typed.host}/`,
};
