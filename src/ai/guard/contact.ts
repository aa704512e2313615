import type { Channel } from '../../engine/model.ts';
import type { Finding } from './finding.ts';
import type { GuardInput } from './input.ts';
import { plainText } from './reading.ts';
import { anyOf, each, quote, type Rule } from './rule.ts';

const OUR =
  "(?:notre|nos|l'|cet|cette|our|the) ?(?:dernier |derniere |precedent |precedente |recent |recente |premier |premiere |bref |breve |court |last |previous |recent |first |brief )?";
const BEFORE =
  '(?:suite a|pour faire suite a|apres|depuis|lors de|pendant|a la suite de|comme evoque (?:pendant|lors de)|following|after|since|during|further to|from) ';

/** A talk took place: only a fact can know of a call or a meeting. */
const TALKS = anyOf(
  `${BEFORE}${OUR}(?:appel|rencontre|entretien|rendez-vous|rdv|reunion|visio|coup de fil|point|dejeuner|call|meeting|demo|phone call|lunch)s?(?: telephonique)?`,
  `(?:notre|our) (?:dernier|derniere|recent|recente|precedent|precedente|last|recent|previous) (?:appel|rencontre|entretien|reunion|call|meeting)`,
  "(?:ravie?|heureux|heureuse|content|contente) (?:de|d') ?(?:vous )?avoir (?:rencontre|pu|eu|parle|croise|fait)[a-z]*|(?:great|good|nice|lovely|a pleasure) (?:to (?:meet|talk|speak|chat)|meeting|talking|speaking|chatting|seeing)(?: to| with)? you|when we (?:spoke|met|talked)|we (?:met|spoke|talked) (?:at|last|in|on|about|briefly)",
  "(?:nous nous sommes|on s'est) (?:rencontre|croise|vu|parle)[a-z]*|nous avons (?:echange|parle|discute|fait connaissance)[a-z ]{0,14}|vous (?:ai|avais) (?:rencontre|croise|eu au telephone)[a-z]*|je vous ai (?:eu|eue) au",
  "comme (?:nous|on) (?:l'|en |le |vous )?(?:a|avons|avions|avait|etions|l'avions|l'avons)[a-z' ]{0,6}(?:evoque|dit|vu|parle|discute|convenu|prevu)|(?:nous|on) (?:nous |s')?(?:etions|etaient|etait) (?:parle|vus?|rencontres?|croises?|quittes)[a-z]*|nous avions (?:echange|parle|discute|evoque|convenu)",
  "je vous ai (?:deja )?(?:laisse|appelee?|cherchee?|telephone)|j'ai (?:essaye|tente|cherche) (?:de|a) (?:vous|te) (?:joindre|appeler|contacter|parler)|(?:message vocal|messagerie vocale|repondeur)",
  "i (?:tried|attempted|have tried|have been trying|'ve been trying|'ve tried) (?:to )?(?:to )?(?:call|reach|phone|contact|ring|calling|reaching)(?: you)?|i (?:called|rang|phoned)(?: you)?|left (?:you )?a (?:voicemail|message)|voicemail",
);

/** There was an answer, or a talk in writing, or somebody who told. */
const ANSWERS = anyOf(
  'vous (?:avez|aviez) (?:recemment |deja )?(?:telecharge[a-z]*|clique|(?:visite|consulte|ouvert|parcouru|participe a|assiste a|rempli|suivi|lu|vu) (?:notre|nos|mon|mes)|sollicite notre|demande (?:notre|nos|une demo|un devis|a etre))|votre (?:visite|passage|telechargement|inscription|participation) (?:sur|a|de|au)',
  "on (?:m'a|nous a) (?:parle|recommande|conseille|donne|transmis|suggere)[a-z]*|(?:un|une|plusieurs|certains)(?: de)? (?:de vos|vos|tes) (?:collegues?|confreres|clients?|partenaires?|proches|connaissances?)[a-z ]{0,12} (?:m'a|m'ont|nous a|nous ont|me|vous)|(?:un|une|notre) (?:ami|amie|contact|connaissance|relation|collegue)e?s? (?:en )?communs?|(?:m'a|m'ont|nous a) (?:recommande|conseille|suggere|parle) (?:de )?(?:vous|votre)",
  'you (?:have |had )?(?:recently )?(?:downloaded|clicked|signed up|registered|(?:visited|opened|attended|requested|read) (?:our|my))|your (?:visit|download|registration) (?:to|of|for)|(?:a|one of your|our) (?:mutual|common) (?:friend|contact|connection|acquaintance)|(?:a|one) (?:colleague|of your colleagues|friend) (?:of yours )?(?:[a-z]+ )?(?:suggested|recommended|told|gave|mentioned|advised)|(?:was|were) (?:referred|recommended) (?:to you|by)|(?:someone|somebody) (?:told|recommended|suggested)',
  `${BEFORE}${OUR}(?:echange|discussion|conversation|correspondance|exchange|chat|discussion|conversation|correspondence)s?`,
  'comme (?:convenu|promis|prevu (?:ensemble|avec vous)|discute|evoque ensemble|nous en avions parle)|as (?:we )?(?:discussed|agreed|promised|planned together)',
  'merci (?:beaucoup |encore )?(?:pour|de) (?:votre|ta) (?:reponse|retour|message|mail|e-mail|interet|demande|confiance|accueil)(?! (?:d.avance|par avance))',
  `(?:suite a|a la suite de|en reponse a|apres) (?:votre|ta) (?:reponse|retour|message|demande|mail|e-mail|appel|inscription|telechargement|visite|sollicitation|question)`,
  "vous m'(?:avez|aviez) (?:dit|ecrit|demande|parle|repondu|indique|confie|explique|propose|fait part)|comme vous (?:me )?(?:le|l') ?(?:disiez|avez|aviez|ecriviez|soulign[a-z]+|indiqu[a-z]+)[a-z ]{0,8}|vous (?:me )?disiez",
  '(?:thanks|thank you)(?: so much| again)? for (?:your (?:reply|answer|response|message|e-?mail|interest|note|request)|getting back|replying|reaching out|responding|writing|the chat)|in reply to your|(?<!because |if |when |unless |once |until |after |only )you (?:mentioned|told me|said|asked (?:me|about|for)|wrote)|your (?:reply|answer|response|request) (?:was|made|about|last)',
);

/** We wrote before. The channel, where the words name one. */
const OWN_WRITINGS: readonly (readonly [Channel | null, RegExp])[] = [
  [
    null,
    anyOf(
      '(?:mon|mes|ma|notre|nos) (?:precedente?s?|premiere?s?|derniers|dernieres) (?:message|mot|prise de contact|relance|sollicitation|proposition|question|envoi)s?',
      '(?:suite a|apres|depuis|dans|relatif a|concernant|vu|lu|recu|par rapport a|complement de|complete) (?:mon|mes) (?:dernier |derniers )?(?:message|mot|envoi|relance)s?',
      "je (?:reviens|me permets de revenir|me permets de vous relancer|vous relance|vous recontacte|te relance)(?: vers vous)?|petite? relance|je vous (?:ai|avais) (?:deja |recemment )?(?:ecrit|contactee?|envoye|adresse|sollicitee?|interrogee?|propose|pose)[a-z]*|comme je vous (?:le|l') ?(?:disais|ecrivais|ai dit|ai ecrit|indiquais|avais)|comme (?:indique|dit|evoque|mentionne) (?:dans|precedemment|plus tot)",
      '(?:following|follow) up on (?:my|our|the)|(?:circling|checking|coming|getting|reaching) back(?: in| to you| out)?|just (?:checking in|following up|bumping)|my (?:previous|earlier|first|prior) (?:message|note|question|proposal)s?|(?:since|after|in|to|from) my last (?:message|note)|as i (?:mentioned|said|wrote|explained)|i (?:wrote|messaged|contacted|reached out)(?: to)? (?:to )?(?:you|last|earlier|before|recently|a few)[a-z ]{0,12}',
    ),
  ],
  [
    'email',
    anyOf(
      '(?:mon|mes) (?:precedente?s?|premiers?) (?:e-?mails?|mails?|courriels?)|(?:suite a|apres|depuis|dans|complement de|vu|lu|recu) (?:mon|mes) (?:derniers? )?(?:e-?mails?|mails?|courriels?)',
      'my (?:previous|earlier|first|prior|recent) e-?mails?|(?:since|after|in|on|about|to|from) my (?:last )?e-?mails?|i e-?mailed you',
    ),
  ],
  [
    'sms',
    anyOf(
      '(?:mon|mes) (?:precedente?s?|premiers?) (?:sms|textos?)|(?:suite a|apres|dans) mon (?:dernier )?(?:sms|texto)|my (?:previous|last|earlier) text',
    ),
  ],
  [
    'linkedin',
    anyOf(
      "(?:suite a|apres|depuis|dans) (?:mon (?:message|mot) (?:sur )?linkedin|mon invitation|notre mise en relation)|(?:mon|my) (?:message )?linkedin message|(?:since|after) (?:we connected|my invitation)|(?:merci|thanks|thank you) (?:d'avoir|for) (?:accepte|accepting)[a-z ]{0,10}",
    ),
  ],
];
const TALK_FACT =
  /(?:appel|rencontr|entretien|rendez-vous|rdv|reunion|visio|telephon|salon|dejeuner|echange|croise|call|met |meeting|spoke|demo|event|fair|lunch)/;

/** No talk, answer or earlier message is spoken of that did not take place. */
export const contactRule: Rule = ({ plain }, input) => {
  const { exchanges, channel, kind } = input;
  let known: boolean | null = null;
  const met = (): boolean => {
    known ??= hasMet(input);
    return known;
  };
  const answered = (): boolean => exchanges.some(({ direction }) => direction === 'in') || met();
  const wrote = (by: Channel | null): boolean =>
    exchanges.some((exchange) => exchange.direction === 'out' && (by === null || exchange.channel === by));
  const accepted = channel === 'linkedin' && kind !== 'invitation';
  return [
    ...(plain.search(TALKS) < 0 || met() ? [] : invented(plain, TALKS, 'no call or meeting is known')),
    ...(plain.search(ANSWERS) < 0 || answered()
      ? []
      : invented(plain, ANSWERS, 'the reader has not written')),
    ...OWN_WRITINGS.flatMap(([by, pattern]) =>
      wrote(by) || (by === 'linkedin' && accepted)
        ? []
        : invented(plain, pattern, `nothing was sent before${by === null ? '' : ` by ${NAMES[by]}`}`),
    ),
  ];
};

const hasMet = ({ facts, remark }: GuardInput): boolean =>
  [
    remark ?? '',
    ...facts.flatMap(({ about, value }) =>
      about === 'house' || about === 'sender' || about === 'campaign' ? [] : [value],
    ),
  ].some((text) => TALK_FACT.test(plainText(text)));

const NAMES: Readonly<Record<Channel, string>> = { email: 'e-mail', sms: 'SMS', linkedin: 'LinkedIn' };

const invented = (plain: string, pattern: RegExp, why: string): Finding[] =>
  each('invented_contact', plain, pattern, (found) => `${quote(found)}: ${why}`);
