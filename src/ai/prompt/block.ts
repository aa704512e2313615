/** One item a line. `<` never stands for itself, so that a cell cannot end the block it is in. */
export const block = (name: string, items: readonly unknown[]): string[] => [
  `<${name}>`,
  ...items.map(asData),
  `</${name}>`,
];

const asData = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[<>\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** A line of somebody else's, made fit to stand beside others. */
export function cutLine(text: string, most: number): string {
  const line = text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
}
