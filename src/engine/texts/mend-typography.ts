import type { Channel, Language } from '../model.ts';

/** Stand for what must stay as it is while the words around it are mended. */
const KEPT = '\ue000';
const KEPT_END = '\ue001';
const ADDRESS_OR_TIME =
  /(?:(?:https?|mailto|tel|ftp):|www\.)\S+|(?<![^\s@«»"])[^\s@«»"]{1,100}@[^\s@«»"]+|(?<![\p{L}\p{N}])\d{1,2}:\d{2}(?!\d)|(?<![\p{L}\p{N}.-])[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.[a-z]{2,24}\/\S*/gu;
const MAY_HOLD_ONE = /[@/]|www\.|\w:\S/;
/** Belongs to the sentence that an address ends. */
const TAIL = /[.,;:!?…»)(«“”"'’‘]+$/;

/**
 * The text as a careful typist leaves it: in French no-break spaces before `: ; ! ? »` and after `«` and French
 * quotation marks (Lexique des règles typographiques de l'Imprimerie nationale), typographic apostrophes, no double
 * blanks. An SMS has plain signs only, which fit its alphabet. Addresses and times (`10:30`) stay as they are. What
 * is mended once is not changed by a second time.
 */
export function mendTypography(text: string, language: Language, channel: Channel): string {
  const kept: string[] = [];
  const held = text.replace(/[\ue000\ue001]/g, '');
  const safe = MAY_HOLD_ONE.test(held) ? held.replace(ADDRESS_OR_TIME, hold) : held;
  const mended = untilSettled(safe, (words) =>
    channel === 'sms' ? mendBlanks(plainSigns(words)) : mendSigns(mendBlanks(words), language),
  );
  return mended.replace(/\ue000(\d+)\ue001/g, (_, index: string) => kept[Number(index)] ?? '');

  function hold(found: string): string {
    const tail = TAIL.exec(found)?.[0] ?? '';
    kept.push(found.slice(0, found.length - tail.length));
    return `${KEPT}${kept.length - 1}${KEPT_END}${tail}`;
  }
}

/** One rule's work may be another's reason; a few turns settle any text. */
function untilSettled(text: string, mend: (text: string) => string): string {
  let settled = text;
  for (let turn = 0; turn < 5; turn += 1) {
    const next = mend(settled);
    if (next === settled) break;
    settled = next;
  }
  return settled;
}

const mendBlanks = (text: string): string =>
  text
    .replace(/[ \u00a0\u202f]{2,}/g, (run) => (/^ +$/.test(run) ? ' ' : '\u00a0'))
    .replace(/[ \u00a0\u202f]+([,.])(?=\s|$)/g, '$1')
    .replace(/(?<=\() +|(?<!\ue001) +(?=\))/g, '');

const mendSigns = (text: string, language: Language): string => {
  const signs = text
    .replace(/\.{3,}/g, '…')
    .replace(/(?<![\p{L}\p{N}])'(?=\d0s)/gu, '’')
    .replace(/(?<![\p{L}\p{N}])'([^'\n]{1,80})'(?![\p{L}\p{N}])/gu, '‘$1’')
    .replace(/(?<=[\p{L}\ue001])'/gu, '’');
  return language === 'fr' ? frenchSigns(signs) : englishSigns(signs);
};

const frenchSigns = (text: string): string =>
  frenchQuotes(text)
    .replace(/« ?(?=\S)/g, '«\u00a0')
    // `16:9`, `C:\dir`, `tessandre.example:443`: a colon within a word.
    .replace(/(?<=[^\s!?;:…\ue000])(?!:[\d\\]) ?([:;!?»])/g, (_, mark: string) => `\u00a0${mark}`)
    .replace(/(?<=[!?;:…]) ([:;!?»])/g, '\u00a0$1')
    .replace(/(?<=[!?…;:])»/g, '\u00a0»');

/** Pairs that open where a word may begin, on lines without quotes in quotes. */
const frenchQuotes = (text: string): string =>
  /["“]/.test(text)
    ? text
        .split('\n')
        .map((line) => (isNested(line) ? line : line.replace(QUOTES, '«$1$2»')))
        .join('\n')
    : text;

const QUOTES = /(?<=^|[\s([’'])(?:"(?=[^\s"])([^"]*[^\s"])"|“([^“”]+)”)(?![\p{L}\p{N}])/gu;
/** Between « and » stands another quotation mark. */
const isNested = (line: string): boolean => /«[^»]*["“]|["“][^"”]*«/.test(line);

/** A blank before a mark is French; behind an address it keeps the mark out of it. */
const englishSigns = (text: string): string =>
  text.replace(/(?<=[^\s\ue001])[ \u00a0\u202f]+([;!?])/g, '$1').replace(/(?<=[^\s\ue001]) +:(?=\s|$)/g, ':');

const PLAIN: Readonly<Record<string, string>> = {
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '…': '...',
  '–': '-',
  '—': '-',
  '‑': '-',
  '\u00a0': ' ',
  '\u202f': ' ',
};

const plainSigns = (text: string): string =>
  text
    .replace(/«[ \u00a0\u202f]*|[ \u00a0\u202f]*»/g, '"')
    .replace(/[’‘“”…–—‑\u00a0\u202f]/g, (sign) => PLAIN[sign] ?? sign)
    .replace(/ {2,}/g, ' ');
