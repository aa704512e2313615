import type { DiscProfile } from '../voice/voice.ts';

type Patterns = Readonly<Record<DiscProfile, RegExp>>;

/** Whole words, with or without accents, in either gender: a title says what somebody does, not who they are. */
const words = (...patterns: string[]): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])(?:${patterns.join('|')})(?![\\p{L}\\p{N}])`, 'giu');

/**
 * Work that asks for a way of deciding. Weak evidence: it is what DISC trainers expect of a trade, not what anybody has
 * measured of the person.
 */
export const TITLES: Patterns = {
  D: words(
    'p\\.?d\\.?g\\.?|ceo|coo|chief executive(?: officer)?|chief operating officer|managing director',
    "dg|direct(?:eur|rice)s? (?:g[ée]n[ée]rale?|d[’']usine|des op[ée]rations|de site)|general manager",
    '(?<!(?:vice|ancien|ancienne)[\\s-])pr[ée]sidente?(?:[\\s-](?:et )?direct(?:eur|rice) g[ée]n[ée]rale?)?',
    "g[ée]rante?|dirigeante?|chef(?:fe)? d[’']entreprise|(?:co-?)?fondat(?:eur|rice)|(?:co-?)?founder",
    '(?<!(?:product|process|data|business process) )owner',
  ),
  I: words(
    'commercial(?:e|es)?|commerciaux|d[ée]veloppement des ventes|ventes|sales|business develop(?:er|ment)',
    "ing[ée]nieure? (?:commerciale?|d[’']affaires)|charg[ée]e? d[’']affaires|account (?:manager|executive)|comptes[ -]cl[ée]s",
    'marketing|communication|relations (?:publiques|presse|m[ée]dias)|public relations|[ée]v[ée]nementiel(?:le)?|events?',
    'community manager|cmo|partenariats|partnerships|attach[ée]e? de presse|animat(?:eur|rice) de r[ée]seau',
  ),
  S: words(
    'rh|drh|rrh|chro|hr|ressources humaines|human resources|people (?:manager|partner|officer)|qualit[ée] de vie(?: au travail)?',
    'assistante?s?|assistant|secr[ée]taire|office manager|service clients?|relation clients?|customer (?:success|support|service|care)',
    'formation|format(?:eur|rice)|accompagnement|m[ée]diat(?:eur|rice)|action sociale|services? g[ée]n[ée]raux|charg[ée]e? de client[èe]le',
  ),
  C: words(
    'daf|raf|cfo|dsi|rssi|cto|cio|ciso|dpo|direct(?:eur|rice) administratif(?:ve)? et financi(?:er|[èe]re)',
    'financi(?:er|[èe]re)s?|finances?|comptab(?:le|ilit[ée])|accountant|accounting|contr[ôo]l(?:e|eur|euse) de gestion|tr[ée]sori(?:er|[èe]re)',
    'qualit[ée](?! de vie)|quality|qhse|hse|qse|conformit[ée]|compliance|audit(?:eur|rice|or)?|risques|risk',
    'juridique|juriste|legal(?! representative)|general counsel|avocate?|notaire|fiscaliste',
    "(?<!sales )ing[ée]nieure?(?! (?:commerciale?|d[’']affaires))|(?<!sales )engineer|engineering|informatique|syst[èe]mes? d[’']information",
    'data (?:analyst|scientist|engineer)|analyste?|architecte?|d[ée]veloppeu(?:r|se)|developer|technique|actuaire|m[ée]thodes',
  ),
};

/** What follows describes somebody else: `assistante du directeur général`, `bras droit du PDG`. */
export const SOMEBODY_ELSE =
  /(?<!\p{L})(assistante?|assistant|secr[ée]taire|adjointe?|conseill(?:er|[èe]re)|bras droit|reporting|reports?)(?: de direction)?\s+(?:du|de la|de l[’']|des|de|au|aux|[àa] la|to|of)\s.*$/iu;

/** What somebody was: `ex-DAF`, `ancien directeur général`, `former CEO`. */
export const FORMERLY =
  /(?<!\p{L})(?:ex[-\s]|anciens?|ancienne|former(?:ly)?|retired|retrait[ée]e?)(?:\s|(?<=-)).*$/iu;

const verb = '(?:est |très |tr[èe]s |assez |plut[ôo]t |toujours |very |quite |rather |is )';

/** What somebody who has met them wrote: stronger than a trade, and still one person's view. */
export const NOTES: Patterns = {
  D: words(
    'va droit au but|droit au but|straight to the point|d[ée]cide (?:vite|seule?|rapidement)|decides (?:fast|quickly|alone)',
    `${verb}(?:directe?|impatiente?|exigeante?|demanding|direct|impatient)|orient[ée]e? r[ée]sultats?|results?[- ](?:driven|oriented)`,
    "veut des r[ée]sultats|wants results|n[’']aime pas perdre (?:de|son) temps|hates wasting time|comp[ée]titi(?:f|ve)|autoritaire|tranchante?",
  ),
  I: words(
    'enthousiaste|enthusiastic|chaleureu(?:x|se)|conviviale?|sociable|expansi(?:f|ve)|extravertie?|outgoing|talkative|bavarde?',
    'aime (?:discuter|parler|[ée]changer|les gens|le contact)|loves? (?:to talk|talking|people)|likes? (?:to talk|talking)|optimiste|optimistic',
  ),
  S: words(
    "posée?|calme|calm|bienveillante?|conciliante?|fid[èe]le|loyale?|loyal|[àa] l[’']?[ée]coute|good listener",
    `${verb}(?:patiente?|pos[ée]e?|patient|stable|steady)|n[’']aime pas (?:le changement|[êe]tre bouscul[ée]e?)|dislikes change`,
    "(?:a )?besoin d[’'][êe]tre rassur[ée]e?|needs reassurance|cherche le consensus|seeks consensus|prend son temps|takes (?:his|her|their) time",
  ),
  C: words(
    'rigoureu(?:x|se)|rigorous|m[ée]thodique|methodical|m[ée]ticuleu(?:x|se)|meticulous|pointilleu(?:x|se)|analytique|analytical|perfectionniste|perfectionist',
    '(?:veut|demande|exige|aime|lit) (?:tou(?:s|tes) )?(?:des|les) (?:chiffres|d[ée]tails|donn[ée]es|preuves|sources)|(?:wants|asks for|likes|reads) (?:all )?(?:the )?(?:figures|details|data|numbers|proof)',
    `${verb}(?:pr[ée]cise?|prudente?|factuel(?:le)?|precise|careful|factual|detail-oriented)|detail[- ]oriented|attenti(?:f|ve) aux d[ée]tails`,
  ),
};

/** A profile that somebody has named: `DISC D`, `profil rouge`. The word is what profile.ts reads. */
export const NAMED =
  /(?<!\p{L})(?:disc|profile?s?(?: disc)?)\s*(?:est|is|[:=-])?\s*(?:plut[ôo]t |tendance )?(rouge|jaune|vert|bleu|red|yellow|green|blue|dominante?|influente?|stable|consciencieu(?:x|se)|conscientious|[DISC](?:\/[DISC])?)(?![\p{L}\p{N}])/iu;

/** Before a word it takes back what the word says: `pas très enthousiaste`, `peu bavard`. */
export const TAKEN_BACK =
  /(?<!\p{L})(?:pas|peu|jamais|aucun|sans|ni|moins|trop peu|not|never|hardly|no|isn[’']t|without|less)(?:\s+\p{L}+){0,2}\s*$/iu;
