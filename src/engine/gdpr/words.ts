import type { Language, ProspectField } from '../model.ts';
import type { LegalBasis } from './legal-basis.ts';

export const FACTS: Record<ProspectField, Record<Language, string>> = {
  email: { fr: 'Adresse e-mail', en: 'E-mail address' },
  first_name: { fr: 'Prénom', en: 'First name' },
  last_name: { fr: 'Nom', en: 'Last name' },
  civility: { fr: 'Civilité', en: 'Title' },
  company: { fr: 'Société', en: 'Company' },
  title: { fr: 'Fonction', en: 'Job title' },
  phone: { fr: 'Téléphone', en: 'Phone' },
  mobile: { fr: 'Portable', en: 'Mobile' },
  linkedin: { fr: 'Profil LinkedIn', en: 'LinkedIn profile' },
  company_linkedin: { fr: 'Page LinkedIn de la société', en: 'LinkedIn page of the company' },
  website: { fr: 'Site', en: 'Website' },
  siren: { fr: 'SIREN', en: 'SIREN' },
  siret: { fr: 'SIRET', en: 'SIRET' },
  naf: { fr: 'Code NAF', en: 'NAF code' },
  city: { fr: 'Ville', en: 'City' },
  zip: { fr: 'Code postal', en: 'Postal code' },
  country: { fr: 'Pays', en: 'Country' },
  region: { fr: 'Région', en: 'Region' },
  language: { fr: 'Langue', en: 'Language' },
  timezone: { fr: 'Fuseau horaire', en: 'Time zone' },
  industry: { fr: 'Secteur', en: 'Industry' },
  headcount: { fr: 'Effectif', en: 'Headcount' },
  revenue: { fr: 'Chiffre d’affaires', en: 'Revenue' },
  disc: { fr: 'Profil DISC', en: 'DISC profile' },
  consent: { fr: 'Consentement', en: 'Consent' },
  notes: { fr: 'Notes', en: 'Notes' },
  tags: { fr: 'Étiquettes', en: 'Tags' },
  source: { fr: 'Origine', en: 'Source' },
};

export interface Words {
  /** With the no-break space that French wants before it. */
  colon: string;
  title(name: string, day: string): string;
  heldBy: string;
  unknown: string;
  nothing: string;
  facts: string;
  origin: string;
  list: string;
  since: string;
  source: string;
  basis: string;
  bases: Record<LegalBasis, string>;
  campaigns: string;
  messages: string;
  subject: string;
  events: string;
  blacklist: string;
  computed: string;
  disc: string;
  /** No profile could be proposed. */
  none: string;
  claude: string;
  kept: string;
  outbox: string;
  rights: string;
  rightsText: readonly string[];
}

export const WORDS: Record<Language, Words> = {
  fr: {
    colon: '\u00a0: ',
    title: (name, day) => `Données détenues sur ${name}, le ${day}`,
    heldBy: 'Responsable du traitement',
    unknown: 'non renseigné',
    nothing: 'Rien.',
    facts: 'Identité et coordonnées',
    origin: 'Provenance et base légale',
    list: 'Liste importée',
    since: 'Enregistré depuis',
    source: 'Origine',
    basis: 'Base légale',
    bases: {
      legitimate_interest: 'intérêt légitime (RGPD, article 6.1.f)',
      consent: 'consentement (RGPD, article 6.1.a)',
      contract: 'contrat (RGPD, article 6.1.b)',
      legal_obligation: 'obligation légale (RGPD, article 6.1.c)',
    },
    campaigns: 'Campagnes',
    messages: 'Messages',
    subject: 'Objet',
    events: 'Ce qui s’est passé',
    blacklist: 'Liste d’opposition',
    computed: 'Ce qui a été déduit ou demandé à une intelligence artificielle',
    disc: 'Profil DISC supposé',
    none: 'aucun',
    claude: 'Demande à Claude (Anthropic)',
    kept: 'Réponse conservée',
    outbox: 'Fichiers de répétition',
    rights: 'Vos droits',
    rightsText: [
      'Vous pouvez demander la rectification ou l’effacement de ces données, la limitation de leur traitement,',
      'et vous opposer à tout moment à la prospection, sans avoir à donner de motif (RGPD, articles 16 à 21).',
      'Vous pouvez aussi adresser une réclamation à la CNIL (www.cnil.fr).',
    ],
  },
  en: {
    colon: ': ',
    title: (name, day) => `Data held about ${name}, on ${day}`,
    heldBy: 'Controller',
    unknown: 'not said',
    nothing: 'Nothing.',
    facts: 'Identity and addresses',
    origin: 'Where it comes from, and on what legal basis',
    list: 'Imported list',
    since: 'Held since',
    source: 'Source',
    basis: 'Legal basis',
    bases: {
      legitimate_interest: 'legitimate interest (GDPR article 6(1)(f))',
      consent: 'consent (GDPR article 6(1)(a))',
      contract: 'contract (GDPR article 6(1)(b))',
      legal_obligation: 'legal obligation (GDPR article 6(1)(c))',
    },
    campaigns: 'Campaigns',
    messages: 'Messages',
    subject: 'Subject',
    events: 'What has happened',
    blacklist: 'Opposition list',
    computed: 'What was inferred, or asked of an artificial intelligence',
    disc: 'Assumed DISC profile',
    none: 'none',
    claude: 'Request to Claude (Anthropic)',
    kept: 'Answer kept',
    outbox: 'Files of rehearsals',
    rights: 'Your rights',
    rightsText: [
      'You may ask for these data to be corrected or erased, and for their use to be restricted, and object to',
      'prospecting at any time without giving a reason (GDPR articles 16 to 21).',
      'You may also complain to a supervisory authority; in France, the CNIL (www.cnil.fr).',
    ],
  },
};
