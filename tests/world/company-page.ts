import { createHash } from 'node:crypto';
import { PAGE_STYLE } from './company-style.ts';
import { Html, html, jsonInScript } from './html.ts';

interface CompanyPerson {
  readonly name: string;
  readonly title: string;
  readonly email?: string;
  readonly phone?: string;
}

/** What a company's site says of it. Only the host and the name are needed; the rest is made up from the name. */
export interface Company {
  readonly host: string;
  readonly name: string;
  readonly industry?: string;
  readonly city?: string;
  readonly country?: string;
  readonly phone?: string;
  readonly founded?: number;
  readonly employees?: number;
  readonly people?: readonly CompanyPerson[];
}

const CLAIMS = [
  'Work that holds up on Monday morning',
  'The part nobody notices until it is missing',
  'Built to be relied on',
  'Fewer surprises, longer lives',
  'Made by people who answer the phone',
];
const LEADS = [
  'We plan, build and look after what our customers depend on every day, and we stay when it gets complicated.',
  'Small teams, clear promises and an engineer on the line: that is how we have worked since the beginning.',
  'From the first sketch to the last screw we take the whole of it, so that you can get on with your own work.',
];
const OFFERS: readonly (readonly [string, string])[] = [
  ['Planning', 'A plan you can hold us to, with a price on every line and a date on every step.'],
  ['Delivery', 'Our own people on site, from the first delivery to the hand-over.'],
  ['Operation', 'We run it around the clock and tell you before you notice.'],
  ['Training', 'Two days with those who will use it, at their own place of work.'],
  ['Spare parts', 'Kept for fifteen years, sent within a day.'],
  ['Advice', 'An honest answer, even when it is that you need nothing new.'],
  ['Renewal', 'What is still good stays. What is not makes room.'],
];

/** Home page: navigation, claim, offers, figures, footer; `og:` tags and JSON-LD as real sites carry them. */
export function homePage(company: Company): string {
  const pick = picker(company.name);
  const claim = pick(CLAIMS);
  const first = pick(OFFERS.map((_, at) => at));
  const offers = [0, 1, 2].flatMap((step) => OFFERS.slice((first + step * 2) % OFFERS.length).slice(0, 1));
  return frame(
    company,
    company.name,
    html`<section class="hero"><div class="in"><p class="kicker">${company.industry ?? 'Industry'}</p><h1>${claim}</h1>
<p class="lead">${pick(LEADS)}</p><a class="button" href="/contact">Talk to us</a> <a class="quiet" href="/about">Who we are</a></div></section>
<section class="in offers">${offers.map(([title, text]) => html`<article><h2>${title}</h2><p>${text}</p></article>`)}</section>
<section class="figures"><dl class="in">${figures(company).map(([what, figure]) => html`<div><dt>${what}</dt><dd>${figure}</dd></div>`)}</dl></section>`,
  );
}

export function aboutPage(company: Company): string {
  return frame(
    company,
    `About ${company.name}`,
    html`<section class="in text"><h1>About ${company.name}</h1><p>${picker(company.name)(LEADS)}</p>
<p>${company.name} has its home in ${cityOf(company)} and was founded in ${foundedOf(company)}.</p></section>`,
  );
}

export function contactPage(company: Company): string {
  const people = (company.people ?? []).map(
    (person) => html`<li class="person"><h2>${person.name}</h2><p>${person.title}</p>
${person.email === undefined ? '' : html`<p><a href="mailto:${person.email}">${person.email}</a></p>`}
${person.phone === undefined ? '' : html`<p><a href="tel:${person.phone.replace(/[^+\d]/g, '')}">${person.phone}</a></p>`}</li>`,
  );
  return frame(
    company,
    `Contact ${company.name}`,
    html`<section class="in text"><h1>Contact</h1><ul>${people}</ul>
<form><label>Your e-mail <input type="email" name="email" autocomplete="email"></label>
<label>Message <textarea name="message" rows="4"></textarea></label><button type="button">Send</button></form></section>`,
  );
}

function frame(company: Company, title: string, body: Html): string {
  const url = `https://${company.host}/`;
  const organization = {
    '@context': 'https://schema.org',
    '@type': 'Organization',
    name: company.name,
    url,
    ...(company.phone === undefined ? {} : { telephone: company.phone }),
    address: {
      '@type': 'PostalAddress',
      addressLocality: cityOf(company),
      ...(company.country === undefined ? {} : { addressCountry: company.country }),
    },
  };
  const hue = digest(company.name).readUInt16BE(8) % 360;
  return html`<!doctype html><html lang="en" style="--hue: ${hue}"><head><meta charset="utf-8"><title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="description" content="${company.name}, ${cityOf(company)}">
<meta property="og:site_name" content="${company.name}"><meta property="og:title" content="${title}"><meta property="og:url" content="${url}">
<link rel="canonical" href="${url}"><script type="application/ld+json">${jsonInScript(organization)}</script>
<style>${new Html(PAGE_STYLE)}</style></head><body>
<header class="in"><a class="logo" href="/"><i></i>${company.name}</a><nav><a href="/">Home</a><a href="/about">About</a><a href="/contact">Contact</a></nav></header>
<main>${body}</main>
<footer><div class="in"><p>${company.name} · ${cityOf(company)}${company.phone === undefined ? '' : ` · ${company.phone}`}</p>
<p>A page of the Sidelight test world. It is not the web site of ${company.name}.</p></div></footer></body></html>`.text;
}

function figures(company: Company): readonly (readonly [string, string])[] {
  const employees = company.employees ?? 40 + (digest(company.name).readUInt16BE(2) % 900);
  return [
    ['People', employees.toLocaleString('en')],
    ['Since', String(foundedOf(company))],
    ['Home', cityOf(company)],
  ];
}

function cityOf(company: Company): string {
  return company.city ?? picker(company.name)(['Hamburg', 'Lyon', 'Porto', 'Leeds', 'Turin', 'Graz']);
}

function foundedOf(company: Company): number {
  return company.founded ?? 1900 + (digest(company.name).readUInt16BE(4) % 120);
}

/** Chooses by the name, so that the same company has the same site in every run. */
function picker(name: string): <T>(from: readonly T[]) => T {
  const bytes = digest(name);
  let at = 0;
  return <T>(from: readonly T[]): T => {
    const chosen = from[bytes.readUInt8(at++ % bytes.length) % from.length];
    if (chosen === undefined) throw new RangeError('nothing to choose from');
    return chosen;
  };
}

function digest(name: string): Buffer {
  return createHash('sha256').update(name).digest();
}
