import type { Site } from './site-identity';

/** Kinds of sites that a user may want never to be looked at. All are off until the user says so. */
export const PRESETS = ['banking', 'health', 'webmail', 'government'] as const;
export type PresetName = (typeof PRESETS)[number];

const hosts = (list: string) => new Set(list.split(/\s+/));

/** Host names and suffixes, a host or anything below it; and words that stand alone in a host's name. */
const RULES: Record<PresetName, { below: ReadonlySet<string>; words: RegExp | null }> = {
  banking: {
    below: hosts(
      `bank paypal.com wise.com revolut.com n26.com klarna.com stripe.com chase.com bankofamerica.com wellsfargo.com citi.com
      capitalone.com usbank.com pnc.com truist.com td.com americanexpress.com discover.com schwab.com fidelity.com vanguard.com
      etrade.com robinhood.com coinbase.com hsbc.com hsbc.co.uk barclays.co.uk lloydsbank.com natwest.com santander.com
      santander.co.uk monzo.com starlingbank.com sparkasse.de commerzbank.de deutsche-bank.de dkb.de ing.de ing.nl ing.com
      comdirect.de postbank.de volksbank.de vr.de bnpparibas.com bnpparibas credit-agricole.fr societegenerale.fr labanquepostale.fr
      boursorama.com rabobank.nl abnamro.nl unicredit.it intesasanpaolo.com bbva.es bbva.com caixabank.es ubs.com
      postfinance.ch raiffeisen.ch raiffeisen.at erstebank.at sparkasse.at nordea.com seb.se swedbank.se handelsbanken.se
      danskebank.dk dnb.no pkobp.pl rbc.com scotiabank.com bmo.com cibc.com anz.com.au commbank.com.au nab.com.au
      westpac.com.au icicibank.com hdfcbank.com sbi.co.in itau.com.br bradesco.com.br nubank.com.br`,
    ),
    words: /^(?:e|net|online|internet|web|my|m)?-?bank(?:ing)?$|^(?:onlinebanking|ebanking|netbanking|brokerage)$/,
  },
  health: {
    below: hosts(
      `nhs.uk mychart.com mychart.org patient.info patientportal.com webmd.com mayoclinic.org clevelandclinic.org kp.org
      healthline.com drugs.com medlineplus.gov zocdoc.com teladoc.com doctolib.de doctolib.fr doctolib.it jameda.de tk.de aok.de
      barmer.de dak.de ameli.fr healthcare.gov hims.com betterhelp.com headspace.com 23andme.com onmeda.de netdoktor.de
      apotheken-umschau.de docmorris.de sundhed.dk 1177.se helsenorge.no kanta.fi`,
    ),
    words: /^(?:mychart|patients?|patientportal|myhealth|healthportal|epatient)$/,
  },
  webmail: {
    below: hosts(
      `mail.google.com inbox.google.com outlook.live.com outlook.office.com outlook.office365.com outlook.com mail.yahoo.com
      mail.proton.me mail.protonmail.com icloud.com mail.aol.com gmx.net gmx.de gmx.at gmx.ch web.de mail.zoho.com mail.zoho.eu
      app.fastmail.com fastmail.com app.tuta.com mail.tutanota.com mail.ru e.mail.ru mail.yandex.com mail.yandex.ru mail.163.com
      mail.126.com mail.qq.com mail.naver.com mail.daum.net orange.fr laposte.net libero.it virgilio.it wp.pl o2.pl onet.pl
      interia.pl seznam.cz freenet.de t-online.de posteo.de mailbox.org hey.com roundcube.net`,
    ),
    words: /^(?:web-?mail|owa|roundcube|zimbra|horde|mail)$/,
  },
  government: {
    below: hosts(
      `gov mil gouv.fr gov.uk police.uk mod.uk gc.ca canada.ca admin.ch bund.de bundesregierung.de elster.de bayern.de nrw.de
      berlin.de hamburg.de gv.at oesterreich.gv.at rijksoverheid.nl overheid.nl belastingdienst.nl digid.nl gob.es gob.mx gob.ar
      gov.br gov.au gov.in nic.in gov.it gov.pl gov.pt gov.ie gov.sg gov.za go.jp go.kr gov.cn gov.hk gov.tw gov.il gov.tr
      regeringen.se skatteverket.se borger.dk regjeringen.no valtioneuvosto.fi suomi.fi europa.eu un.org`,
    ),
    words: null,
  },
};

/** Whether a site is of this kind: by its name alone, nothing of the page is read. The lists are by hand and cannot be whole. */
export function isInPreset(preset: PresetName, { host }: Site): boolean {
  const { below, words } = RULES[preset];
  const labels = host.split('.');
  if (labels.some((_, at) => below.has(labels.slice(at).join('.')))) return true;
  return words !== null && labels.slice(0, -1).some((label) => words.test(label));
}
