/**
 * The same JSON without what names one of these: an item of a list that holds one goes as a whole, another text
 * that holds one becomes empty. Compared without case.
 * @param needles addresses and the like, none of them empty
 */
export function scrub(value: unknown, needles: readonly string[]): unknown {
  const small = needles.map((needle) => needle.toLowerCase());
  return scrubbed(value, (text) => small.some((needle) => text.toLowerCase().includes(needle)));
}

function scrubbed(value: unknown, holds: (text: string) => boolean): unknown {
  if (typeof value === 'string') return holds(value) ? '' : value;
  if (Array.isArray(value))
    return value.filter((item) => !holds(JSON.stringify(item))).map((item) => scrubbed(item, holds));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, scrubbed(each, holds)]));
}

/** The same shape with every text empty, but for those under the keys named. */
export function blanked(value: unknown, kept: readonly string[]): unknown {
  if (typeof value === 'string') return '';
  if (Array.isArray(value)) return [];
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, kept.includes(key) ? each : blanked(each, kept)]),
  );
}

const WORD = /[^\s"<>()[\]{},;:\\]+/g;

/** The text without these words (in lower case), as addresses and numbers stand in it. */
export const withoutWords = (text: string, words: ReadonlySet<string>): string =>
  text.replace(WORD, (word) => (words.has(word.toLowerCase().replace(/^['=]+|['.]+$/g, '')) ? '' : word));
