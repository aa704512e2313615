import type { Finding } from './finding.ts';
import { isCommonWord } from './function-words.ts';
import type { Known } from './known.ts';
import { foldedWords, type Reading } from './reading.ts';
import { anyOf, each, quote, type Rule } from './rule.ts';

const URGENCY = anyOf(
  "c'est urgent|reponse urgente|tres urgent|urgent ?:|de toute urgence",
  'derniere (?:chance|opportunite|occasion)|last (?:chance|opportunity|call)|final (?:notice|reminder)',
  "avant qu'il ne soit trop tard|before it(?:'s| is) too late|maintenant ou jamais|now or never",
  '(?:offre|places?|creneaux?)[a-z ]{0,20} (?:expire|limitees?|limites?|comptees?)[a-z ]{0,12}|offer expires[a-z ]{0,12}',
  'il ne (?:me |nous )?reste (?:plus )?que|plus que (?:\\d+|deux|trois|quelques) (?:places?|jours?|heures?|creneaux)|only (?:a few|\\d+|two|three) (?:spots?|places?|days?|slots?|seats?)',
  'agissez|depechez-vous|faites vite|hurry(?: up)?|act fast|act quickly|time is running out|le temps presse|limited (?:spots|seats|places)',
  "au plus vite|dans les plus brefs delais|sans (?:plus )?tarder|asap|as soon as possible|des aujourd'hui|(?:reply|act|call|respond) (?:now|immediately|today)",
  'vos concurrents (?:le font|ont|sont) (?:deja|tous)|your competitors (?:are|have) already',
);

const REPROACH = anyOf(
  "vous n'(?:avez|aviez) (?:toujours |encore |jamais |visiblement |malheureusement )?(?:pas |jamais )?(?:encore )?(?:repondu|donne suite|lu |pris le temps|daigne|pris la peine|reagi|fait signe|accuse)",
  "(?:je m'etonne|je suis (?:decue?|surprise?|etonnee?)|je regrette) (?:de|que|par)[a-z' ]{0,20}",
  'malgre mes (?:relances|messages|e-mails|mails|tentatives|appels|sollicitations)|despite my (?:emails|messages|calls|attempts|follow-ups)',
  "vous (?:m'ignorez|ignorez mes|ne repondez (?:pas|jamais|toujours pas))|(?:regrette|malgre|etonnee? (?:de|par)|decue? (?:de|par)|comprends pas|deplore) votre silence|votre silence (?:m'etonne|me surprend|persistant|est regrettable|en dit long)|toujours (?:pas|aucune?) (?:de )?(?:reponse|retour|nouvelles?)",
  '(?:toujours|encore) sans (?:aucune? )?(?:reponse|retour|nouvelles?) de votre part|sans (?:aucune? )?(?:reponse|retour) de votre part (?:malgre|a ce jour|depuis)',
  "you(?:'ve| have)? (?:haven't|have not|didn't|did not|never|still haven't|not) (?:yet )?(?:replied|responded|answered|reply|respond|answer|got back|gotten back|bothered)",
  "(?:ignored|ignoring) (?:my|me)|(?:despite|regret|surprised by|disappointed by) your silence|my (?:previous |last )?(?:e-?mails?|messages?) (?:went|have gone|remains?) unanswered|still (?:no|waiting for a|haven't heard)[a-z ]{0,12}|i(?:'m| am) (?:disappointed|surprised)[a-z ]{0,14}",
);

const SERVILITY = anyOf(
  "(?:vraiment |sincerement |profondement )?desolee? de (?:vous )?(?:importuner|deranger|insister|relancer)|pardonnez(?:-moi)?|je vous prie (?:de (?:bien vouloir )?|d)[a-z' ]{0,14}(?:excuser|pardonner)|veuillez m'excuser|toutes mes excuses",
  '(?:so |very |really |sincerely )?sorry (?:to bother|for bothering|to disturb|to bug)|apologi[sz]e for (?:bothering|disturbing|the intrusion)|(?:my )?apologies for',
  "(?:je sais|i know) (?:que vous etes|combien vous etes|how|that you are|you are|you're) (?:tres |extremement |si |very |extremely |super |so )?(?:occupee?|sollicitee?|prise?|busy)",
  "votre (?:tres )?(?:precieux temps|temps (?:si )?precieux)|your (?:valuable|precious) time|un (?:grand |immense )?honneur|j'ai l'honneur|an honou?r",
  "si vous (?:daignez|aviez l'extreme)|(?:infiniment|mille fois) (?:merci|reconnaissante?)|je vous serais (?:infiniment|eternellement|tres|extremement) reconnaissante?|(?:forever|eternally|so|extremely|deeply) grateful|humblement|humbly|votre (?:humble|devoue)",
);

const PRAISE =
  '(?:impressionnante?|remarquable|exceptionnel(?:le)?|extraordinaire|brillante?|incroyable|formidable|admirable|fascinante?|inspirante?|exemplaire|epoustouflante?|magnifique|impressive|amazing|incredible|outstanding|remarkable|awesome|stunning|inspiring|fascinating|exceptional|brilliant|extraordinary|phenomenal)s?';
const PRAISED = anyOf(
  `(?:votre|vos|ton|tes|your) (?:[a-z'-]+ ){0,3}?(?:est |sont |is |are )?(?:[a-z]+ )?${PRAISE}`,
  `${PRAISE} (?:parcours|travail|entreprise|societe|equipe|reussite|croissance|carriere|projet|profil|career|work|journey|company|team|growth|track record|profile|achievements?)`,
);
/** Most texts hold no word of praise, which is quick to see. */
const MAY_PRAISE = new RegExp(PRAISE.replace(/^\(\?:(.*)\)s\?$/, '$1'));
const FLATTERY = anyOf(
  "(?:hors du commun|sans pareil|d'exception)(?! (?:pour|dans))|(?:talent|parcours|reputation|savoir-faire|qualite|carriere|entreprise|equipe)s? (?:[a-z']+ )?hors normes?|(?:bravo|chapeau|felicitations)(?: ?[,!.:]| et | encore| a vous)|(?:quel|quelle|un si|une si) (?:beau|belle|bel|superbe|joli) (?:parcours|entreprise|maison|equipe|reussite|aventure|projet|carriere)|(?:beaucoup|tant|plein|la plus grande|une grande) (?:d'|de )?admiration|(?:vous (?:devez|pouvez) (?:en )?etre (?:tres )?fiere?s?)",
  '(?:you|your team) (?:must|should|can) be (?:so |very |really )?proud|(?:what|such) an? (?:great|impressive|wonderful|beautiful|fantastic|remarkable|amazing|inspiring) [a-z]+|(?:lots|a lot|great deal) of (?:admiration|respect)|second to none|out of the ordinary (?:skills?|talent)|(?:great|fantastic|wonderful|amazing) (?:career|achievements?|success|journey)|well done|kudos|hats off',
  "j'admire|(?:tres |particulierement |vraiment )?(?:impressionnee?|admirati(?:f|ve)|bluffee?|epatee?|seduite?) par (?:votre|vos|tout|le|la|l)|grande? (?:admirateur|admiratrice|fan)",
  "i(?:'m| am|'ve been| have been| was) (?:so |really |very |truly |deeply )?(?:impressed|blown away|inspired|amazed)|i (?:really |truly )?admire|(?:big|huge|great) (?:fan|admirer)",
  "(?:vous etes|you are|you're) (?:un |une |a |an )?(?:vrai |veritable |true |real )?(?:visionnaire|leader|reference|genie|modele|exemple|visionary|genius|inspiration|rockstar)",
);

/** Taking silence for a yes, and regret on the reader's behalf. */
const PRESSURE = anyOf(
  "(?:je (?:considererai|considere|conclurai|deduirai|supposerai)|j'en (?:deduirai|conclurai|conclus)) que (?:vous|c'est|cela|la reponse|ce|le sujet) [a-z' ]{0,20}(?:d'accord|interessee?s?|oui|partante?|favorable|validee?|acceptee?)|i(?:'ll| will) (?:assume|take it)(?: that)? (?:you|it|this)[a-z' ]{0,20}(?:agree|interested|yes|on board|fine)|sauf (?:avis|reponse) contraire[, ]+je (?:vous )?(?:appelle|appellerai|reserve|inscris)",
  "(?:il|ce) serait (?:vraiment )?(?:dommage|regrettable) (?:de|d'|que)|(?:quel )?dommage de (?:passer|manquer|rater|ne pas)|passer a cote|vous (?:le )?regretterez|(?:it )?would be a (?:shame|pity)|you(?:'d| would|'ll| will) regret|what a (?:shame|pity)",
);

const EMOTICON = /(?<![\p{L}\p{N}])[:;]-?[)(DPp](?![\p{L}\p{N}])|<3|\^\^/gu;
const EMOJI = /(?![©®™↔↕→←↑↓↗↘✓✔])\p{Extended_Pictographic}|[\u{1f1e6}-\u{1f1ff}]/gu;

/** No shouting, pressing, reproaching, begging or flattering. */
export const toneRule: Rule = (reading, { voice }, known) => {
  const { plain, whole } = reading;
  const tone = (pattern: RegExp, what: string): Finding[] =>
    each('tone', plain, pattern, (found) => `${quote(found)}: ${what}`);
  return [
    ...marks(whole),
    ...shouts(reading, known),
    ...(voice.emoji
      ? []
      : [EMOJI, EMOTICON].flatMap((sign) =>
          each('tone', whole, sign, (found) => `${quote(found)}: no emoji`),
        )),
    ...tone(URGENCY, 'false urgency'),
    ...tone(REPROACH, 'a reproach'),
    ...tone(SERVILITY, 'servility'),
    ...tone(PRESSURE, 'pressure'),
    ...(MAY_PRAISE.test(plain) ? tone(PRAISED, 'flattery') : []),
    ...tone(FLATTERY, 'flattery'),
  ];
};

function marks(whole: string): Finding[] {
  const count = whole.match(/[!！]/g)?.length ?? 0;
  return [
    ...(count > 1 ? [{ rule: 'tone', detail: `${count} exclamation marks, at most one` } as const] : []),
    ...(/\?[\u00a0 ]?\?|\?[\u00a0 ]?!|![\u00a0 ]?\?/.test(whole)
      ? [{ rule: 'tone', detail: 'several marks in a row' } as const]
      : []),
  ];
}

/** Common words that no abbreviation is written like. */
const SMALL = new Set(
  'VOUS NOUS POUR AVEC SANS TOUT TOUS BIEN VOTRE VOS NOTRE YOUR THIS THAT WITH HAVE FROM'.split(' '),
);

/** Words in capitals that are no known name and no usual abbreviation. */
const shouts = ({ whole }: Reading, known: Known): Finding[] =>
  each('tone', whole, /(?<![\p{L}\p{N}])\p{Lu}{4,}(?![\p{L}\p{N}])/gu, (word) => {
    const usual = !SMALL.has(word) && isCommonWord(foldedWords(word).trim());
    return usual || known.capitals(word) ? null : `${quote(word)} is in capitals`;
  });
