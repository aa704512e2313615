import type { Language } from '../../engine/model.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter(Boolean));

/** Small words that no text of a language does without, and that the others do not have. Without accents. */
export const FUNCTION_WORDS: Readonly<Record<Language, ReadonlySet<string>>> = {
  fr: words(
    `le la les un une des du de et est sont vous votre vos nous notre nos je ce cette ces cet que qui dans pour par avec
    sur sans pas ne mais donc si au aux en il elle ils elles leur leurs sa ses chez etes avez avons ai suis serait peut
    faire fait bien tres comme quand quel quelle quels quelles deja encore aussi j l d c n qu quoi dont lors afin ou
    etre avoir cela rien tout tous toute toutes ici`,
  ),
  en: words(
    `the and is are you your yours we our my of to in for with that this it not be have has from but if at by can would
    will what how which who does do so just there don re ve ll was were they their when where why than then could
    should any some about`,
  ),
};

/** Other languages a model slips into. */
export const FOREIGN_WORDS: readonly (readonly [string, ReadonlySet<string>])[] = [
  [
    'Spanish',
    words(
      'el los las por con usted su sus muy pero esta nuestra nuestro como para hola gracias este hay ustedes una',
    ),
  ],
  [
    'German',
    words(
      'der das und ist nicht mit fur sie wir ihr ihre ihnen ihrem eine einen haben auf zu ich werden konnen oder',
    ),
  ],
  [
    'Italian',
    words('di che della delle sono piu questo gli nel anche alla vostra vostro siamo azienda buongiorno una'),
  ],
  ['Portuguese', words('voce uma nao com sua seu sao para da dos obrigado ola empresa nossa nosso muito')],
  ['Dutch', words('het een voor niet wij uw zijn dat ook bij naar bent onze hebben graag')],
];

/** Words that may begin with a capital within a sentence without naming anybody. */
const CAPITALS = words(
  `i monsieur madame mademoiselle mme mlle mr mrs ms miss dr me docteur maitre directeur directrice direction president presidente responsable chef
  cheffe gerant gerante associe associee fondateur fondatrice head director manager officer chief president founder
  owner partner sir madam team equipe
  january february march april may june july august september october november december
  monday tuesday wednesday thursday friday saturday sunday noel paques christmas easter
  france francais francaise europe european europeen europeenne english french etat ue eu uk us usa
  pme eti tpe rh drh dsi daf dg dga pdg dirco raf rrh rse qse qhse hse btp bpi sas sarl sa scop siren tva rgpd cnil
  urssaf dsn cse cdi cdd rtt kpi roi b2b b2c crm erp gmao gpao gpec sirh si it ia api saas seo sme smes smb smbs ceo
  cfo cto coo cio cmo hr ai vat gdpr pdf qr faq sav rdv tms wms mes plm iso cad cao dao bim tco oee r d rd hvac
  linkedin excel outlook word powerpoint internet web wifi iphone android wi fi vpn pc mac usb nas teams zoom windows visio esn bts mba cgv etp whatsapp mail sms e email ok stop non oui bonjour
  hello vrai faux`,
);

export const isFunctionWord = (folded: string): boolean =>
  FUNCTION_WORDS.fr.has(folded) || FUNCTION_WORDS.en.has(folded);

/** Is it a word of a language, or one of business, rather than a name? */
export const isCommonWord = (folded: string): boolean => CAPITALS.has(folded) || isFunctionWord(folded);
