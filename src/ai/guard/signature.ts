import { foldedWords } from './reading.ts';
import { quote, type Rule } from './rule.ts';

const COURTESY =
  /^ (?:(?:bien )?cordialement|(?:bien )?a (?:vous|toi)|respectueusement|(?:tres )?(?:bonne|belle) (?:journee|soiree|semaine)|bien|a bientot|sinceres? salutations|(?:kind|best|warm) (?:regards|wishes)|regards|best|sincerely|all the best|thanks) /;

/** The program signs an e-mail; a text that signs as well would be signed twice. */
export const signatureRule: Rule = ({ body }, { channel, sender: { name, title, company } }) => {
  if (channel !== 'email') return [];
  const last = body.slice(body.lastIndexOf('\n') + 1);
  const folded = foldedWords(last);
  const words = folded.replace(COURTESY, ' ').replace(COURTESY, ' ').trim().split(' ');
  const own = [name, company].map((text) => foldedWords(text ?? ''));
  const all = foldedWords(`${name ?? ''} ${title ?? ''} ${company ?? ''}`);
  const isName = own.some((text) => text.split(' ').some((word) => word !== '' && words.includes(word)));
  return words[0] !== '' && isName && words.every((word) => all.includes(` ${word} `))
    ? [{ rule: 'markup', detail: `${quote(last)}: the signature is added below the text` }]
    : [];
};
