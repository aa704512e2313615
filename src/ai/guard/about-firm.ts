import { heldMeanings } from './about-reader.ts';
import { carried, contentOf, groundsOf } from './grounds.ts';
import type { GuardInput } from './input.ts';
import { foldedWords, plainText } from './reading.ts';
import { quote, type Rule } from './rule.ts';
import { isSupposed } from './sentences.ts';

/** What may stand before the subject of a clause. */
const LEAD =
  /^(?:[\s"«“–—-]|(?:et|mais|or|car|donc|puisque|comme|parce que|ainsi|pourtant|en effet|aujourd'hui|actuellement|desormais|visiblement|manifestement|and|but|so|because|since|as|today|clearly|obviously|currently)(?![a-z']))*/;
const YOURS = /^(?:votre|vos|your|ton|ta|tes) ([a-z][a-z'-]*)/;
const THE_FIRM =
  /^(?:l'entreprise|(?:la|votre) (?:societe|maison|pme|marque)|le groupe|the (?:company|firm|business)|your (?:company|firm|business))(?= )/;
/** What the reader says or does with this very message. */
const OF_THE_ANSWER = new Set(
  `reponse reponses avis retour retours temps message messages regard point question questions choix accord interet aide
  facon maniere profil metier actualite nom mot numero phrase lecture decision convenance rythme cote silence situation
  demande parole confiance attention disponibilite opinion oui non preference expertise experience reply answer answers
  view views feedback advice time thoughts name number call choice word take input perspective pace way reaction side
  opinion experience say yes no refus ligne lettre mois date agenda perception ressenti sentiment curiosite`.split(
    /\s+/,
  ),
);
/** A verb in the present or past, not far behind its noun. */
const FRENCH_VERB =
  /^(?:est|sont|a|ont|n'est|n'a|n'ont|s'est|avait|avaient|etait|etaient|va|vont|vient|viennent|fait|font|doit|doivent|peut|peuvent|dit|disent|perd|perdent|prend|prennent|attend|sert|repond|vend|connait|subit|souffre|manque|(?:in|ap)plique|indique|explique|communique|complique|arrive|derive|[a-z]+fie|[a-z]{2,}(?:issent|issait|ait|aient|uit|nit|dit|llit|rit|oit)|[a-z]{3,}(?<!m)ent)$/;
/** Of one thing; `-e` ends adjectives as well. */
const FRENCH_VERB_IN_E =
  /^[a-z]{3,}(?<!iqu|ell|al|air|iv|eus|ant|abl|ibl|ienn|i|e|ern|ur|ienn|aut|entr|ouv|uv)e$/;
const ENGLISH_VERB =
  /^(?:is|are|was|were|has|have|had|isn't|aren't|does|do|did|keeps|loses|needs|need|costs|struggles?|relies|rely|lacks?|faces?|uses|runs|grows|falls|fell|dropped|slows|shrinks?|ages|says|shows|suggests|states|tells|works|makes|suffers?|mentions|indicates|explains|takes|spends?|wastes?|employs|operates|opened|launched|raised|hired|moved)$/;
/** Where a noun goes on: `votre parc de machines`. */
const NOUN_GOES_ON = /^(?:de|du|des|d'[a-z]+|en|a|au|aux|la|le|les|l'[a-z]+|of|and|et|for|the|in|&)$/;
const NEVER_A_VERB =
  /^(?:de|du|des|d|en|a|au|aux|et|ou|pour|chez|par|sur|avec|sans|dans|qui|que|of|at|and|or|for|in|with|on|by|to|comme|ainsi|aussi|est-elle|est-il)$/;
/** What we offer, and what would be: `vos habitudes restent`, `votre équipe pourra`, `nos gestionnaires`. */
const OFFERED =
  /(?<![a-z])(?:nous|notre|nos|me|m'|je|j'|we|us|our|i|my|reste(?:nt)?|garde(?:nt)?|conserve(?:nt)?|decide(?:nt)?|stays?|keeps?|remains?|decides?|[a-z]+(?:ra|ront|rait|raient)|will|would|can|could|may|might)(?![a-z])/;
/** A subject without a verb names a thing, it tells nothing. */
const FAR = 5;
const ENOUGH = 0.5;

/** What is told of the firm and its affairs, in a clause of its own, rests on a claim that holds. */
export const aboutFirmRule: Rule = (reading, input) => {
  const firm = plainText(input.prospect.company ?? '').trim();
  const told: string[] = [];
  for (const { text, asks } of reading.sentences) {
    if (asks) continue;
    let at = 0;
    for (const clause of text.split(',')) {
      if (!isSupposed(text, at) && tells(clause.replace(LEAD, ''), firm, input.language, told.length))
        told.push(clause.trim());
      at += clause.length + 1;
    }
  }
  if (told.length === 0) return [];
  const meant = heldMeanings(reading, input, true);
  const { names } = groundsOf(input);
  return told
    .filter(
      (clause) =>
        !(
          isOfACustomer(clause, reading.folded, input) ||
          (carried(foldedWords(clause), meant, names) ?? 0) >= ENOUGH
        ),
    )
    .map((clause) => ({
      rule: 'claim',
      detail: `${quote(clause)} is said of the firm and rests on no claim that holds`,
    }));
};

/** Texts that tell so much are refused for the first ones. */
const MANY = 12;

function tells(clause: string, firm: string, language: GuardInput['language'], sofar: number): boolean {
  if (sofar >= MANY) return false;
  const yours = YOURS.exec(clause);
  const subject = yours === null ? firmOf(clause, firm) : null;
  if (subject !== null) {
    const [verb = '', ...rest] = clause.slice(subject.length).trim().split(' ');
    return rest.length > 0 && /^[a-z]/.test(verb) && !NEVER_A_VERB.test(verb) && !isOffer(clause);
  }
  const [, noun = ''] = yours ?? [];
  if (noun === '' || OF_THE_ANSWER.has(noun) || isOffer(clause)) return false;
  return hasVerb(clause.split(' ').slice(2), language === 'fr');
}

const isOffer = (clause: string): boolean => OFFERED.test(clause);

function firmOf(clause: string, firm: string): string | null {
  if (firm !== '' && clause.startsWith(`${firm} `)) return firm;
  return THE_FIRM.exec(clause)?.[0] ?? null;
}

function hasVerb(words: readonly string[], french: boolean): boolean {
  for (const [index, word] of words.slice(0, FAR).entries()) {
    const last = words[index - 1] ?? '';
    const isNoun = NOUN_GOES_ON.test(last) || /^d'|^l'/.test(word);
    if (!isNoun && word === 'a' && words.length > index + 1)
      return !/^(?:la|l'.*|le|les|[A-Z].*)$/.test(words[index + 1] ?? '');
    if (isNoun || NEVER_A_VERB.test(word)) continue;
    if (french ? FRENCH_VERB.test(word) : ENGLISH_VERB.test(word)) return true;
    if (french && words.length > index + 1 && FRENCH_VERB_IN_E.test(word)) return true;
  }
  return false;
}

/** `L’entreprise` may be the one of a proof that stands in the text. */
const isOfACustomer = (clause: string, folded: string, { voice }: GuardInput): boolean =>
  THE_FIRM.test(clause.replace(LEAD, '')) &&
  voice.proofs.some(({ claim }) => {
    const words = contentOf(foldedWords(claim));
    return (
      words.length > 0 && words.filter((word) => folded.includes(` ${word} `)).length >= words.length * 0.6
    );
  });
