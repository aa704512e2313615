import type { SmsEnvelope } from '../ports/channels.ts';

/** GSM 03.38 basic set; each of these is one septet. Source: 3GPP TS 23.038 §6.2.1. */
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
    '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);

/** Reached through an escape: two septets each. Source: 3GPP TS 23.038 §6.2.1.1. */
const EXTENSION = new Set('\f^{}\\[~]|€');

/** A text of several parts spends the room of its joining header in each. */
const LIMITS = { 'GSM-7': { single: 160, joined: 153 }, 'UCS-2': { single: 70, joined: 67 } } as const;

export interface SmsParts {
  encoding: 'GSM-7' | 'UCS-2';
  /** Septets in GSM-7 (the euro sign and brackets are two), UTF-16 units in UCS-2 (an emoji is two). */
  characters: number;
  /** What is paid for; 0 for an empty text. */
  segments: number;
}

/** How an SMS will be cut and charged: 160/153 characters a part in GSM-7, 70/67 in UCS-2. */
export function smsParts(text: string): SmsParts {
  const symbols = [...text];
  const encoding = symbols.every((symbol) => BASIC.has(symbol) || EXTENSION.has(symbol)) ? 'GSM-7' : 'UCS-2';
  const sizes = symbols.map((symbol) =>
    encoding === 'UCS-2' ? symbol.length : EXTENSION.has(symbol) ? 2 : 1,
  );
  const characters = sizes.reduce((sum, size) => sum + size, 0);
  const { single, joined } = LIMITS[encoding];
  return {
    encoding,
    characters,
    segments: characters <= single ? Math.min(characters, 1) : joinedParts(sizes, joined),
  };
}

/** A symbol of two units is never cut in half: it moves to the next part as a whole. */
function joinedParts(sizes: readonly number[], room: number): number {
  let parts = 1;
  let used = 0;
  for (const size of sizes) {
    if (used + size > room) {
      parts += 1;
      used = 0;
    }
    used += size;
  }
  return parts;
}

const REPLACEMENTS: Record<string, string> = {
  '’': "'",
  '‘': "'",
  '‚': "'",
  ʼ: "'",
  '´': "'",
  '`': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '«': '"',
  '»': '"',
  '‹': "'",
  '›': "'",
  '–': '-',
  '—': '-',
  '‐': '-',
  '‑': '-',
  '−': '-',
  '…': '...',
  '•': '-',
  '·': '-',
  '×': 'x',
  '°': 'o',
  '→': '->',
  œ: 'oe',
  Œ: 'OE',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ı: 'i',
  '\t': ' ',
  // Invisible: soft hyphen, zero-width blanks and joiners, byte order mark.
  '\u00ad': '',
  '\u200b': '',
  '\u200c': '',
  '\u200d': '',
  '\u2060': '',
  '\ufeff': '',
};

/**
 * The text in characters of GSM-7: `ê` becomes `e`, `œ` `oe`, typographic quotes, dashes and no-break spaces their
 * plain forms. What has no near form (an emoji, another script) stays as it is, and forces UCS-2.
 */
export function toGsm7(text: string): string {
  return [...text.normalize('NFC')].map(plainSymbol).join('');
}

function plainSymbol(symbol: string): string {
  if (BASIC.has(symbol) || EXTENSION.has(symbol)) return symbol;
  const replacement = REPLACEMENTS[symbol];
  if (replacement !== undefined) return replacement;
  if (/^\p{Zs}$/u.test(symbol)) return ' ';
  const bare = symbol.normalize('NFD').replace(/\p{M}/gu, '');
  return bare !== '' && [...bare].every((letter) => BASIC.has(letter)) ? bare : symbol;
}

/** A sender that is a name: 3 to 11 letters, digits and blanks with one letter at least. It cannot be answered. */
export const isAlphanumericSender = (from: string): boolean =>
  /^[A-Za-z0-9 ]{3,11}$/.test(from) && /[A-Za-z]/.test(from) && from.trim() === from;

export interface SmsText {
  /** E.164. */
  to: string;
  body: string;
  from: string | null;
  messagingService: string | null;
  /** Replace what would force UCS-2. */
  transliterate: boolean;
}

/** Control characters other than line breaks never reach a handset. */
export function composeSms({ to, body, from, messagingService, transliterate }: SmsText): SmsEnvelope {
  const clean = body
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/(?!\n)\p{Cc}/gu, ' ')
    .trim();
  const text = transliterate ? toGsm7(clean) : clean;
  const { encoding, segments } = smsParts(text);
  return { channel: 'sms', to, from, messagingService, body: text, encoding, segments };
}
