const SIMPLE = /^[a-z0-9]+(?: [a-z0-9]+)*$/;

/**
 * Letters and digits in lower case without accents, all else as single blanks: two writings of one header, name
 * or firm become the same text (`Tél. mobile` and `TEL_MOBILE`; `Œuvrard` and `oeuvrard`).
 */
export function fold(text: string): string {
  const lower = text.toLowerCase();
  if (SIMPLE.test(lower)) return lower;
  return lower
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replace(/œ/g, 'oe')
    .replace(/æ/g, 'ae')
    .replace(/ß/g, 'ss')
    .replace(/ø/g, 'o')
    .replace(/ł/g, 'l')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** The name of a custom field: `CA (M€)` is `ca_m`, in templates `custom.ca_m`. */
export const customKey = (header: string): string => fold(header).replaceAll(' ', '_');
