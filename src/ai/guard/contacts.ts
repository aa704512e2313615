const TLD =
  'com|fr|net|org|io|eu|co|info|biz|dev|app|ai|me|be|ch|de|uk|es|it|pt|nl|lu|us|ca|ru|cn|xyz|top|site|online|shop|store|tech|link|click|live|pro|paris|bzh|alsace|corsica|gg|ly|to|cc|tv|ws|tk|ml|ga|cf|gl|gd|is|id|in|icu|vip|work|page|cloud|agency|group|re|mu|example|test|local|localhost|invalid|onion|zip|mov';
const LABEL = '[\\p{L}\\p{N}](?:[\\p{L}\\p{N}_-]*[\\p{L}\\p{N}])?';

const URL_LIKE =
  /(?<![\p{L}\p{N}])(?:(?:[a-z][a-z0-9+.-]{1,15}:)?[\\/]{2}|www\.)[^\s<>"«»“”]+|(?<![\p{L}\p{N}])(?:mailto|tel|sms|javascript|data|whatsapp|file):(?=[^\s])[^\s<>"«»“”]+/giu;
const EMAIL = new RegExp(
  `(?<![\\p{L}\\p{N}._%+-])[\\p{L}\\p{N}._%+-]{1,64}@(?:${LABEL}\\.){0,8}${LABEL}`,
  'giu',
);
const DOMAIN = new RegExp(
  `(?<![\\p{L}\\p{N}@._-])(?:${LABEL}\\.)+(?:(?:${TLD})(?![\\p{L}\\p{N}_-])(?:[:/?#][^\\s<>"«»“”]*)?|[a-z]{2,24}/[^\\s<>"«»“”]*)`,
  'gu',
);
/** International, or in a country's own form with its leading 0 or area code in brackets. */
const PHONE =
  /(?<![\p{L}\p{N}+])(?:(?:\+|00)[\d ().\u00a0\u202f/-]{8,22}\d|0[1-9](?:[ .\u00a0\u202f/-]?\d{2}){4}|\(\d{2,4}\)[ .-]?\d{3,4}[ .-]?\d{4}|\d{3}[.-]\d{3}[.-]\d{4}|0\d{2,4}[ -]\d{3,4}[ -]?\d{3,4})(?![\p{L}\p{N}])/gu;
/** `evil dot com`, `evil[.]fr`, `hxxp`: an address that hides. */
const HIDDEN =
  /(?<![\p{L}\p{N}])[\p{L}\p{N}-]+\s?(?:\[\.\]|\(\.\)|\[dot\]|\(dot\)|\(point\)|\[point\]|\sdot\s|\spoint\s(?=com|fr|net|org))\s?[a-z]{2,10}(?![\p{L}\p{N}])|hxxps?|[\p{L}\p{N}.-]+\s?(?:\(at\)|\[at\]|\(arobase\)|\[arobase\])\s?[\p{L}\p{N}.-]+/giu;
const TAIL = /[.,;:!?…)\]'’]+$/;

export type ContactKind = 'url' | 'email' | 'domain' | 'phone' | 'hidden';
export interface Contact {
  kind: ContactKind;
  text: string;
}

const mayHoldUrl = (lower: string): boolean =>
  lower.includes('//') || lower.includes('\\') || lower.includes('www.') || /[a-z]:\S/.test(lower);

/** Takes every address and number out of a text: what is left has only the words. */
export function splitContacts(text: string): { words: string; contacts: Contact[] } {
  const contacts: Contact[] = [];
  let words = text;
  const take = (kind: ContactKind, pattern: RegExp): void => {
    words = words.replace(pattern, (found: string) => {
      const end = kind === 'phone' || kind === 'hidden' ? '' : (TAIL.exec(found)?.[0] ?? '');
      contacts.push({ kind, text: found.slice(0, found.length - end.length) });
      return ` ${end}`;
    });
  };
  if (mayHoldUrl(text.toLowerCase())) take('url', URL_LIKE);
  if (text.includes('@')) take('email', EMAIL);
  if (/[^\s.]\.[a-z]/.test(words)) take('domain', DOMAIN);
  if (/\d[^a-z\n]{5,}\d/i.test(words)) take('phone', PHONE);
  if (/[[(]|hxxp| (?:dot|point) /i.test(words)) take('hidden', HIDDEN);
  return { words, contacts };
}
