/**
 * Services whose mailboxes anyone may read or that vanish after minutes. The well-known ones only: lists of a hundred thousand
 * names are larger than this whole program and hit real companies (asics.com, swatch.com), and a throw-away domain matters
 * here only when a contact has an address there and somebody visits its site.
 */
const DOMAINS = new Set(
  `10minutemail.com 10minutemail.net 20minutemail.com 33mail.com anonaddy.com anonaddy.me burnermail.io byom.de cock.li
  deadaddress.com discard.email discardmail.com dispostable.com dropmail.me emailondeck.com emailtemporario.com.br
  fakeinbox.com fakemail.net fakemailgenerator.com filzmail.com getairmail.com getnada.com grr.la guerrillamail.biz
  guerrillamail.com guerrillamail.de guerrillamail.info guerrillamail.net guerrillamail.org guerrillamailblock.com
  harakirimail.com incognitomail.org inboxbear.com inboxkitten.com jetable.org kasmail.com luxusmail.org mail-temp.com
  mail.tm mailcatch.com mailde.de maildrop.cc mailexpire.com mailinator.com mailinator.net mailinator2.com mailmoat.com
  mailnesia.com mailnull.com mailpoof.com mailsac.com mailtemp.net mailto.plus minutemail.com mintemail.com moakt.com
  mohmal.com mytemp.email mytrashmail.com nada.email nowmymail.com nwytg.net one-time.email owlymail.com pokemail.net
  sharklasers.com smailpro.com sneakemail.com sofort-mail.de spam4.me spambog.com spambox.us spamex.com spamgourmet.com
  spamherelots.com temp-mail.io temp-mail.org tempail.com tempinbox.com tempmail.com tempmail.de tempmail.dev tempmail.net
  tempmail.plus tempmailaddress.com tempmailo.com tempr.email throwaway.email throwawaymail.com tmail.ws tmpmail.net
  tmpmail.org trash-mail.com trash-mail.de trashmail.com trashmail.de trashmail.me trashmail.net trbvm.com wegwerfemail.de
  wegwerfmail.de wegwerfmail.net yopmail.com yopmail.fr yopmail.net zetmail.com`.split(/\s+/),
);

export function isDisposable(domain: string): boolean {
  return DOMAINS.has(domain);
}
