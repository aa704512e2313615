import { fold } from './fold.ts';

/** French, English and local names of the countries French lists hold; any two-letter code is taken as such. */
const NAMES: Record<string, string> = {
  FR: 'france, fra, france métropolitaine, république française',
  BE: 'belgique, belgium, belgië, belgie, bel',
  CH: 'suisse, switzerland, schweiz, svizzera, che',
  LU: 'luxembourg, lux',
  MC: 'monaco',
  AD: 'andorre, andorra',
  RE: 'la réunion, réunion, ile de la réunion',
  GP: 'guadeloupe',
  MQ: 'martinique',
  GF: 'guyane, guyane française, french guiana',
  YT: 'mayotte',
  PM: 'saint pierre et miquelon',
  BL: 'saint barthélemy',
  MF: 'saint martin',
  PF: 'polynésie française, french polynesia, tahiti',
  NC: 'nouvelle calédonie, new caledonia',
  DE: 'allemagne, germany, deutschland, deu',
  ES: 'espagne, spain, españa, esp',
  IT: 'italie, italy, italia, ita',
  PT: 'portugal, prt',
  NL: 'pays bas, netherlands, nederland, the netherlands, hollande, nld',
  GB: 'royaume uni, united kingdom, uk, angleterre, england, grande bretagne, great britain, gbr, ecosse, scotland',
  IE: 'irlande, ireland, irl',
  US: 'états unis, united states, united states of america, usa, etats unis d’amérique',
  CA: 'canada, can',
  AT: 'autriche, austria, österreich',
  DK: 'danemark, denmark',
  SE: 'suède, sweden',
  NO: 'norvège, norway',
  FI: 'finlande, finland',
  PL: 'pologne, poland',
  CZ: 'république tchèque, czech republic, czechia, tchéquie',
  RO: 'roumanie, romania',
  HU: 'hongrie, hungary',
  GR: 'grèce, greece',
  MA: 'maroc, morocco',
  DZ: 'algérie, algeria',
  TN: 'tunisie, tunisia',
  SN: 'sénégal, senegal',
  CI: 'côte d’ivoire, ivory coast',
  CM: 'cameroun, cameroon',
  MU: 'maurice, ile maurice, mauritius',
  MG: 'madagascar',
  IL: 'israël, israel',
  AE: 'émirats arabes unis, united arab emirates, uae',
  CN: 'chine, china',
  JP: 'japon, japan',
  IN: 'inde, india',
  BR: 'brésil, brazil',
  AU: 'australie, australia',
  TR: 'turquie, turkey',
};

const BY_NAME = new Map(
  Object.entries(NAMES).flatMap(([code, names]) =>
    names.split(',').map((name): [string, string] => [fold(name), code]),
  ),
);

/** ISO 3166 alpha-2 of a country name or code, or null. */
export const readCountry = (text: string): string | null =>
  BY_NAME.get(fold(text)) ?? (/^[a-z]{2}$/i.test(text) ? text.toUpperCase() : null);
