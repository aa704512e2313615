/** A figure in a text: `1 200`, `4,5 M€`, `94 %`. */
export interface Figure {
  index: number;
  text: string;
  /** As written, without its scale: `12` of `12 M€`. */
  bare: number;
  /** With its scale: 12000000. */
  value: number;
  percent: boolean;
}

const FIGURE =
  /(?<![\d.,])(\d{1,3}(?:[ .,\u00a0\u202f]\d{3})+(?!\d)|\d+)(?:[.,](\d{1,2})(?!\d))?(?:[ \u00a0\u202f]?(?:(%|pour cent|percent)|(k|m|md|mds|mrd|bn|millions?|milliards?|billions?|thousand|mille)(?=€|\$|£|[^a-z0-9]|$)))?/g;

const SCALES: readonly (readonly [RegExp, number])[] = [
  [/^(?:k|thousand|mille)$/, 1e3],
  [/^(?:m|millions?)$/, 1e6],
  [/^(?:mds?|mrd|bn|milliards?|billions?)$/, 1e9],
];

/** Figures of a text in lower case. */
export function figuresIn(plain: string): Figure[] {
  if (!/\d/.test(plain)) return [];
  return Array.from(plain.matchAll(FIGURE), (match) => {
    const [text, whole = '', decimals, percent, scale] = match;
    const bare = Number(`${whole.replace(/\D/g, '')}.${decimals ?? '0'}`);
    const factor = SCALES.find(([name]) => scale !== undefined && name.test(scale))?.[1] ?? 1;
    return { index: match.index, text, bare, value: round(bare * factor), percent: percent !== undefined };
  });
}

const round = (value: number): number => Math.round(value * 100) / 100;

/** How a figure is looked up: 94 and 94 % are two, and so are 12 and 12 M€. */
export const figureKey = ({ bare, value, percent }: Figure): string => (percent ? `${bare}%` : String(value));
