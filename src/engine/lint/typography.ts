/** Stands for what a tag writes when a template's own words are looked at. */
const FILLED = '\ue000';
/** Stands for a tag that writes nothing itself. */
const SILENT = '\ue001';

/** The words of a Liquid text with each tag blotted out to the same length, so that places stay right. */
export const ownWords = (liquid: string): string =>
  liquid
    .replace(/\{%-?\s*(comment|raw)\s*-?%\}[\s\S]*?\{%-?\s*end\1\s*-?%\}/g, (tag) => blot(tag, SILENT))
    .replace(/\{\{[\s\S]*?\}\}/g, (tag) => blot(tag, FILLED))
    .replace(/\{%[\s\S]*?%\}/g, (tag) => blot(tag, SILENT));

const blot = (tag: string, by: string): string => tag.replace(/[^\n]/g, by);

const BEFORE = new RegExp(`([^${SILENT}\\n])${SILENT}*([:;!?»])`, 'gu');
const AFTER = new RegExp(`«${SILENT}*(.?)`, 'gu');

/**
 * Where a French text lacks the no-break space before `: ; ! ? »` or after `«` (Lexique des règles typographiques
 * de l'Imprimerie nationale). Addresses and times (`https://`, `10:30`) have none.
 */
export function missingNoBreakSpaces(words: string): { offset: number; message: string }[] {
  const found: { offset: number; message: string }[] = [];
  for (const match of words.matchAll(BEFORE)) {
    const [whole, previous = '', mark = ''] = match;
    const offset = match.index + whole.length - 1;
    if (isNoBreak(previous) || /[!?;:…]/.test(previous) || isAddressOrTime(words, offset)) continue;
    found.push({ offset, message: `no no-break space before "${mark}"` });
  }
  for (const match of words.matchAll(AFTER))
    if (!isNoBreak(match[1] ?? ''))
      found.push({ offset: match.index, message: 'no no-break space after "«"' });
  return found.sort((a, b) => a.offset - b.offset);
}

const isNoBreak = (character: string): boolean => character === '\u00a0' || character === '\u202f';

function isAddressOrTime(words: string, offset: number): boolean {
  const token = wordAround(words, offset);
  return /^(?:https?|mailto|tel):|^www\.|^\d+:\d/.test(token);
}

/** The run of characters without blanks that a mark stands in. */
function wordAround(words: string, offset: number): string {
  const start = words.slice(0, offset).search(/\S+$/);
  const end = words.slice(offset).search(/\s/);
  return words.slice(start < 0 ? offset : start, end < 0 ? undefined : offset + end);
}
