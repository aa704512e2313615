import { PROSPECT_FIELDS, type ProspectField } from '../model.ts';
import { fold } from './fold.ts';

/** What a column can be: a fact, or a full name that is split into two. */
export type Target = ProspectField | 'full_name';
export const TARGETS: readonly Target[] = [...PROSPECT_FIELDS, 'full_name'];

/**
 * Column names people and tools write, best first: where two columns mean one field, the better name wins.
 * Compared folded. Sources: exports of LinkedIn, HubSpot, Apollo, Dropcontact and Pipedrive, French Excel lists.
 */
const SYNONYMS: Record<Target, string> = {
  email:
    'email, e-mail, mail, email address, adresse email, adresse e-mail, adresse mail, courriel, email pro, e-mail pro, mail pro, email professionnel, e-mail professionnel, work email, business email, professional email, direct email, primary email, person email, email 1',
  first_name: 'first name, firstname, given name, prénom, person first name',
  last_name: 'last name, lastname, surname, family name, nom, nom de famille, person last name',
  full_name:
    'full name, nom complet, name, contact name, nom du contact, contact, person name, nom prénom, prénom nom',
  civility: 'civilité, civility, salutation, titre de civilité, gender, genre',
  company:
    'company, company name, organization, organisation, organization name, account, account name, associated company, entreprise, société, raison sociale, dénomination, nom entreprise, nom de l’entreprise, employer, company name for emails',
  title: 'title, job title, job, position, role, headline, poste, fonction, intitulé du poste, métier, titre',
  phone:
    'phone, phone number, tel, téléphone, numéro de téléphone, n° de téléphone, work direct phone, direct phone, ligne directe, téléphone fixe, tel fixe, person phone, corporate phone, company phone, standard',
  mobile:
    'mobile, mobile phone, mobile phone number, cell, cell phone, portable, gsm, téléphone portable, téléphone mobile, tel mobile, tel portable, numéro de portable, n° de portable, mobile number',
  linkedin:
    'linkedin, linkedin url, person linkedin url, profile url, profil linkedin, url linkedin, lien linkedin, linkedin profile, linkedin profile url, public profile url',
  company_linkedin: 'company linkedin url, company linkedin, linkedin entreprise',
  website:
    'website, web site, company website, site web, site internet, site, domain, company domain, domaine, organization website, url',
  siren: 'siren, n° siren, num siren, numéro siren',
  siret: 'siret, n° siret, num siret, numéro siret, siret siège',
  naf: 'naf, ape, code naf, code ape, naf5 code',
  city: 'city, ville, commune, localité, mailing city, company city',
  zip: 'zip, zip code, postal code, code postal, cp',
  country: 'country, pays, country region, company country',
  region: 'region, région, state, state region, département',
  language: 'language, lang, locale, preferred language, langue',
  timezone: 'timezone, time zone, fuseau horaire, fuseau',
  industry: 'industry, sector, secteur, secteur d’activité, activité, naf5 des',
  headcount: '# employees, employees, headcount, company size, nb employees, effectif, effectifs, taille',
  revenue: 'annual revenue, revenue, chiffre d’affaires, ca',
  disc: 'disc, profil disc',
  consent: 'consent, consentement',
  notes: 'notes, note, commentaire, commentaires, comments',
  tags: 'tags, labels, étiquettes, lists',
  source: 'source, lead source, origine',
};

interface Known {
  target: Target;
  /** Place in the list: 0 is the best name. */
  rank: number;
}

const BY_HEADER = new Map<string, Known>(
  TARGETS.flatMap((target) =>
    SYNONYMS[target].split(',').map((name, rank): [string, Known] => [fold(name), { target, rank }]),
  ),
);

/** The field a column name means, or null. `Record ID` means none. */
export const knownHeader = (header: string): Known | null => BY_HEADER.get(fold(header)) ?? null;

/** For telling a header row from a note: also the columns of LinkedIn's message export, to refuse it by name. */
export const looksLikeHeader = (cell: string): boolean => {
  const folded = fold(cell);
  return BY_HEADER.has(folded) || folded === 'conversation id' || folded === 'sender profile url';
};
