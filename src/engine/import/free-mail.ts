/** Domains whose addresses belong to private people, French providers first. */
const FREE_MAIL = new Set(
  (
    'orange.fr wanadoo.fr free.fr sfr.fr neuf.fr laposte.net bbox.fr numericable.fr numericable.com noos.fr ' +
    'aliceadsl.fr alice.fr club-internet.fr cegetel.net 9online.fr 9business.fr voila.fr dartybox.com tele2.fr ' +
    'libertysurf.fr nordnet.fr caramail.com caramail.fr mailo.com net-c.com netcourrier.com sfr.net ' +
    'gmail.com googlemail.com yahoo.com yahoo.fr yahoo.co.uk yahoo.de yahoo.es yahoo.it yahoo.be ymail.com ' +
    'rocketmail.com hotmail.com hotmail.fr hotmail.be hotmail.co.uk hotmail.it hotmail.es outlook.com outlook.fr ' +
    'outlook.be live.com live.fr live.be msn.com icloud.com me.com mac.com aol.com aol.fr gmx.fr gmx.com gmx.net ' +
    'gmx.de web.de t-online.de proton.me protonmail.com pm.me tutanota.com tuta.io mail.com yandex.com yandex.ru ' +
    'mail.ru zoho.com fastmail.com hey.com skynet.be telenet.be proximus.be voo.be bluewin.ch hispeed.ch ' +
    'sunrise.ch libero.it virgilio.it alice.it tiscali.it btinternet.com sky.com comcast.net verizon.net ' +
    'att.net qq.com 163.com'
  ).split(' '),
);

/** @param domain lower case, without `@` */
export const isFreeMail = (domain: string): boolean => FREE_MAIL.has(domain);

const ROLES = new Set(
  (
    'contact contacts contactez-nous info infos information informations accueil bonjour hello hi bureau office ' +
    'secretariat secretaire standard reception admin administration administratif direction rh drh recrutement ' +
    'emploi jobs careers hr personnel paie commercial commerce ventes vente sales devis achats achat purchasing ' +
    'comptabilite compta facturation factures billing accounting finance support sav service serviceclient ' +
    'service-client service.client clients client help helpdesk technique webmaster postmaster hostmaster ' +
    'abuse root noreply no-reply nepasrepondre ne-pas-repondre marketing communication presse press media ' +
    'newsletter equipe team mairie boutique shop magasin agence atelier cabinet reservation reservations ' +
    'logistique export mail email courrier dpo rgpd privacy juridique legal'
  ).split(' '),
);

/** An address of a service rather than a person: `contact@`, `rh@`, `info.lyon@`. */
export function isRoleAddress(email: string): boolean {
  const local = email.slice(0, email.lastIndexOf('@'));
  return (
    ROLES.has(local) ||
    (ROLES.has(local.split(/[.+_-]/, 1)[0] ?? '') &&
      /^[^.+_-]+[.+_-](?:\d+|fr|france|paris|lyon|lille)$/.test(local))
  );
}
