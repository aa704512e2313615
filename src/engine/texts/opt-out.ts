import { folded } from '../suggest.ts';

/**
 * Does a reply ask not to be contacted again? Words only, French and English: a sign for a person, not a verdict.
 * Our own unsubscribe line in the quoted mail below is not read.
 */
export function soundsLikeOptOut(text: string): boolean {
  const words = folded(withoutQuote(text)).replace(/[’‘`]/g, "'");
  return ALONE.test(words) || PHRASES.some((phrase) => phrase.test(words));
}

/** "Stop", alone but for a greeting, a courtesy or punctuation. */
const ALONE = /^\W*(?:(?:bonjour|bonsoir|hello|hi)\W+)?stop(?:\W+(?:sms|svp|merci|please|thanks))*\W*$/;

const PHRASES: readonly RegExp[] = [
  /\bdesinscri/,
  /\bdesabonn/,
  /\bne\s+(?:plus|pas|jamais)\s+(?:me|nous)\s+(?:re)?contacter/,
  /\bne\s+(?:me|nous)\s+(?:re)?contacte[zr]?\s+(?:plus|pas)/,
  /\b(?:cesse[zr]|arrete[zr])\s+de\s+(?:me|nous)\s+(?:contacter|ecrire|relancer|solliciter|demarcher)/,
  /\bplus\s+(?:recevoir|etre\s+(?:re)?contacte|etre\s+sollicite)/,
  /\bretire[zr](?:-(?:moi|nous)|\s+(?:mon|notre)\s+(?:adresse|nom|numero|contact))/,
  /\b(?:me|nous)\s+retirer\s+de\b/,
  /\bsupprime[zr]\s+(?:mes|nos|mon|notre)\s+(?:donnees|coordonnees|adresse|numero|contact)/,
  /\bunsubscribe\b/,
  /\b(?:remove|delete)\s+(?:me|us|my)\b/,
  /\b(?:stop|do\s+not|don't|never)\s+(?:contact|e-?mail|writ|messag|text|call)\w*/,
  /\bopt(?:ing)?[\s-]?(?:me\s+)?out\b/,
];

const QUOTE_START =
  /^(?:>|-{3,}\s*(?:original message|message d'origine|forwarded message|message transfere)|(?:de|from)\s*:\s|le .{4,200} a ecrit\s*:|on .{4,200} wrote:)/;

function withoutQuote(text: string): string {
  const lines = text.split(/\r?\n/);
  const quote = lines.findIndex((line) => QUOTE_START.test(folded(line).replace(/[’‘`]/g, "'")));
  return (quote < 0 ? lines : lines.slice(0, quote)).join('\n');
}
