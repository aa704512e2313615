import { withoutQuote } from '../inbound/quote.ts';
import { folded } from '../suggest.ts';

/**
 * Does a reply ask not to be contacted again? Words only, French and English: a sign for a person, not a verdict.
 * Our own unsubscribe line in the quoted mail below is not read.
 */
export function soundsLikeOptOut(text: string): boolean {
  const words = folded(withoutQuote(text)).replace(/[’‘`]/g, "'");
  return ALONE.test(words) || PHRASES.some((phrase) => phrase.test(words));
}

/** "Stop", or "plus rien" with a courtesy, alone but for a greeting and punctuation. */
const ALONE =
  /^\W*(?:(?:bonjour|bonsoir|hello|hi)\W+)?(?:stop(?:\W+(?:sms|svp|s'il\s+vous\s+plait|merci|please|thanks|plus\s+rien|ca\s+suffit))*|plus\s+rien(?:\W+(?:svp|s'il\s+vous\s+plait|merci))+)\W*$/;

const PHRASES: readonly RegExp[] = [
  /\bdesinscri/,
  /\bdesabonn/,
  /\bne\s+(?:plus|pas|jamais)\s+(?:me|nous)\s+(?:re)?contacter/,
  /\bne\s+plus\s+(?:re)?contacter/,
  /\bne\s+plus\s+(?:(?:m'|nous\s+|me\s+)(?:ecrire|envoyer|adresser|appeler|solliciter|relancer|demarcher))/,
  /\bne\s+(?:me|nous)\s+(?:re)?contacte[zr]?\s+(?:plus|pas)/,
  /\b(?:cesse[zr]|arrete[zr])\s+de\s+(?:me|nous)\s+(?:contacter|ecrire|relancer|solliciter|demarcher)/,
  /\bplus\s+(?:recevoir|etre\s+(?:re)?contacte|etre\s+sollicite)/,
  /\bretire[zr](?:-(?:moi|nous)|\s+(?:mon|notre)\s+(?:adresse|nom|numero|contact))/,
  /\b(?:me|nous)\s+retirer\s+de\b/,
  /\bsupprime[zr]\s+(?:mes|nos|mon|notre)\s+(?:donnees|coordonnees|adresse|numero|contact)/,
  /\bne\s+(?:m'|me\s+|nous\s+)(?:ecri|envoy|adress|appel|relanc|sollicit|derang)\w*\s+(?:plus|jamais)\b/,
  /\b(?:cesse[zr]|arrete[zr])\s+de\s+m'(?:ecrire|envoyer|appeler|importuner)/,
  /\blaisse[zr]?[\s-]+(?:moi|nous)\s+(?:tranquilles?|en\s+paix)\b/,
  /\b(?:foute|fiche)[zr]?[\s-]+(?:moi|nous)\s+la\s+paix\b/,
  /\btake\s+(?:me|us)\s+off\b|\bstop\s+sending\b|\bleave\s+(?:me|us)\s+alone\b/,
  /\bunsubscribe\b/,
  /\b(?:remove|delete)\s+(?:me|us|my)\b/,
  /\b(?:stop|do\s+not|don't|never)\s+(?:contact|e-?mail|writ|messag|text|call)\w*/,
  /\bopt(?:ing)?[\s-]?(?:me\s+)?out\b/,
];
