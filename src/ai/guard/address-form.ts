import type { Finding } from './finding.ts';
import { matchesOf, quote, type Rule } from './rule.ts';

const VERB_OF_TU =
  '(?:dis|reponds|envoie|appelle|ecris|donne|contacte|rappelle|indique|laisse|fais|tiens|propose)-(?:moi|nous|le|la|en)';
/** `ton` and `te` may be nouns: `le ton de`, `TE`; `a-t-il` is none. */
const TU = new RegExp(
  `(?<![\\p{L}\\p{N}'-])(?:tu|toi|te|tes|ta|l[ae] tien(?:ne)?|t'(?=[aeiouyh])|(?<!(?:le|un|du|au|ce|de|d'un|bon|quel|meme|son|votre|notre|leur|autre|mauvais) )ton(?= [a-z])(?! (?:juste|direct|sobre|neutre|est|de|du|des|et|plus|trop)(?![a-z]))|${VERB_OF_TU})(?![\\p{L}\\p{N}-])|(?<![\\p{L}\\p{N}'-])t'(?=[aeiouyh])|\\p{L}-toi(?!\\p{L})`,
  'gu',
);
/** `chez vous` may be the firm; `rendez-vous` is a noun. */
const VOUS =
  /(?<!chez |rendez-|entre )(?<![\p{L}-])(?:vous|votre|vos|vôtre)(?!\p{L})|\p{L}ez-(?:vous|moi|nous)(?!\p{L})(?<!rendez-vous)/gu;

/** The form that the voice asks for, in French. */
export const addressFormRule: Rule = ({ plain, unnamed }, { language, voice }): Finding[] => {
  if (language !== 'fr') return [];
  const pattern = voice.address === 'vous' ? TU : VOUS;
  for (const [found] of matchesOf(plain, pattern)) {
    const [word = ''] = found.replace(/['’]/g, ' ').trim().split(/[ -]/);
    if (!unnamed.includes(` ${word} `)) continue;
    return [
      { rule: 'address_form', detail: `${quote(found)} where the reader is addressed by "${voice.address}"` },
    ];
  }
  return [];
};
