const SIMPLE = /^[a-z0-9]+(?: [a-z0-9]+)*$/;

/**
 * Letters and digits in lower case without accents, all else as single blanks: two writings of one header, name
 * or firm become the same text (`Tél. mobile` and `TEL_MOBILE`; `Œuvrard` and `oeuvrard`).
 */
export function fold(text: string): string {
  const lower = text.toLowerCase();
  if (SIMPLE.test(lower)) return lower;
  const plain = lower.replace(ACCENTED, (letter) => PLAIN[letter] ?? letter);
  if (ASCII.test(plain)) return plain.replace(/[^a-z0-9]+/g, ' ').trim();
  return plain
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** The letters of French and its neighbours, which need no Unicode tables; all others do. */
const PLAIN: Record<string, string> = {
  ...Object.fromEntries(
    ['aàáâãäå', 'cç', 'eèéêë', 'iìíîï', 'nñ', 'oòóôõöø', 'uùúûü', 'yýÿ', 'lł'].flatMap(
      ([base = '', ...letters]) => letters.map((letter) => [letter, base]),
    ),
  ),
  œ: 'oe',
  æ: 'ae',
  ß: 'ss',
};
const ACCENTED = new RegExp(`[${Object.keys(PLAIN).join('')}]`, 'g');
const ASCII = /^[ -~]*$/;

/** The name of a custom field: `CA (M€)` is `ca_m`, in templates `custom.ca_m`. */
export const customKey = (header: string): string => fold(header).replaceAll(' ', '_');
