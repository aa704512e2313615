import { foldedWords } from './reading.ts';
import { quote, type Rule } from './rule.ts';

const ENDED = /[.!?…»”")’\]\d][\s\u00a0]*$|\p{Extended_Pictographic}\ufe0f?$|https?:\S+$|\S+@\S+$/u;
/** `Bien à vous,` `Bonne fin de semaine, Claire` */
const COURTESY =
  /^ (?:(?:tres )?(?:bonne|belle|excellente|bon|bien|merci|cordialement|respectueusement|sinceres?|amicalement|salutations|a (?:bientot|vous|tres|toi)|au (?:plaisir|revoir)|je (?:vous|te) (?:souhaite|remercie)|dans l attente|kind|best|warm|all the best|regards|sincerely|yours|thank|thanks|many thanks|cheers|have a|with|wishing|looking forward|until|speak soon|talk soon|take care)) /;
const LONGEST = 10;

/** A text that stops in the middle of a sentence. */
export const unfinishedRule: Rule = ({ body }, { sender }) => {
  const last = body.slice(body.lastIndexOf('\n') + 1).trim();
  if (last === '' || ENDED.test(last)) return [];
  const folded = foldedWords(last);
  const words = folded.trim().split(' ').length;
  if (words <= LONGEST && COURTESY.test(folded)) return [];
  const name = foldedWords(`${sender.name ?? ''} ${sender.company ?? ''}`);
  if (
    folded
      .trim()
      .split(' ')
      .every((word) => name.includes(` ${word} `))
  )
    return [];
  return [{ rule: 'unfinished', detail: `${quote(last.slice(-50))}: the text stops in the middle` }];
};
