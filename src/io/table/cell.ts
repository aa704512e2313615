import stringWidth from 'string-width';

/** Columns that a text takes on a terminal: wide signs two, combining marks none. */
export const widthOf = (text: string): number =>
  ONE_COLUMN_EACH.test(text) ? text.length : stringWidth(text);

/** Nearly every cell; measuring it sign by sign would take longer than the query. */
const ONE_COLUMN_EACH = /^[ -~\u00a0-\u00ac\u00ae-\u017f…]*$/;

/** Letters with their marks, emoji of several signs: none of them is ever taken apart. */
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** At most `width` columns of it; what is cut ends in `…`. */
export function cutTo(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  return `${startOf(text, width - 1).trimEnd()}…`;
}

/** As many whole graphemes as go into `width` columns. */
function startOf(text: string, width: number): string {
  let start = '';
  let used = 0;
  for (const { segment } of graphemes.segment(text)) {
    used += widthOf(segment);
    if (used > width) break;
    start += segment;
  }
  return start;
}

/** Lines of at most `width` columns, broken at blanks, and within a word that is longer than a line. */
export function linesOf(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (widthOf(longer) <= width) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line.replace(/ +$/, ''));
    const pieces = broken(word, width);
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1) ?? '';
  }
  return [...lines, line.replace(/ +$/, '')];
}

function broken(word: string, width: number): string[] {
  const pieces: string[] = [];
  let rest = word;
  while (widthOf(rest) > width) {
    // A sign wider than the column still has to go somewhere.
    const piece = startOf(rest, width) || [...graphemes.segment(rest)][0]?.segment || rest;
    pieces.push(piece);
    rest = rest.slice(piece.length);
  }
  return [...pieces, rest];
}

export function padded(text: string, width: number, align: 'left' | 'right'): string {
  const blanks = ' '.repeat(Math.max(0, width - widthOf(text)));
  return align === 'left' ? text + blanks : blanks + text;
}
