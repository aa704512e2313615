import { foldedWords } from './reading.ts';
import { quote, type Rule } from './rule.ts';

/** The program signs an e-mail; a text that signs as well would be signed twice. */
export const signatureRule: Rule = ({ body }, { channel, sender: { name, company } }) => {
  if (channel !== 'email') return [];
  const last = body.slice(body.lastIndexOf('\n') + 1);
  const [full, firm] = [foldedWords(name ?? ''), foldedWords(company ?? '')];
  const first = ` ${full.trim().split(' ')[0] ?? ''} `;
  const folded = foldedWords(last);
  return folded.trim() !== '' && [full, firm, first].includes(folded)
    ? [{ rule: 'markup', detail: `${quote(last)}: the signature is added below the text` }]
    : [];
};
