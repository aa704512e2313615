import { folded } from '../suggest.ts';

/**
 * The words of the answer itself, above or below what it answers. Quoted lines are left out; the rest is cut off where a
 * mail begins that is not marked line by line.
 */
export function withoutQuote(text: string): string {
  const lines = text.split(/\r?\n/);
  const unmarked: string[] = [];
  const kept: string[] = [];
  let inQuote = false;
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    const quoted = isQuoted(line);
    inQuote = quoted ? /[^>\s]/.test(line) : inQuote && CONTINUES.test(line);
    if (quoted || RULE.test(line)) continue;
    const attribution = attributionAt(lines, index);
    if (FORWARDED.test(plain(line)) || isHeader(lines, index)) break;
    if (attribution > 0) {
      // Without marks nothing tells where the mail of the attribution ends.
      if (!isQuoted(nextWords(lines, index + attribution))) break;
      index += attribution - 1;
      continue;
    }
    unmarked.push(line);
    if (!inQuote) kept.push(line);
  }
  // Where nothing else is said, it was no end of a quoted line.
  return (kept.some((line) => line.trim() !== '') ? kept : unmarked).join('\n');
}

const plain = (line: string): string => folded(line).replace(/[’‘`]/g, "'").trim();

const isQuoted = (line: string): boolean => line.trimStart().startsWith('>');

/** Right below a quoted line and in the middle of a sentence: its end, wrapped by a program that forgot the mark. */
const CONTINUES = /^\s*[^\p{Lu}\p{N}\s]/u;

/** What Outlook draws above its header. */
const RULE = /^\s*_{5,}\s*$/;

const FORWARDED = /^-{3,}\s*(?:original message|message d'origine|forwarded message|message transfere)/;

const ATTRIBUTION = /^(?:le .{4,200} a ecrit|on .{4,200} wrote)\s*:/;

/** Lines that say who wrote what follows: one, or two where it was wrapped; 0: none. */
function attributionAt(lines: readonly string[], index: number): number {
  const [first, second] = [plain(lines[index] ?? ''), plain(lines[index + 1] ?? '')];
  if (ATTRIBUTION.test(first)) return 1;
  // Words of a person may stand right above an attribution, and have no date.
  const wrapped = /\d/.test(first) && !ATTRIBUTION.test(second) && ATTRIBUTION.test(`${first} ${second}`);
  return wrapped ? 2 : 0;
}

const nextWords = (lines: readonly string[], from: number): string =>
  lines.slice(from, from + 4).find((line) => line.trim() !== '') ?? '';

const HEADER = /^\*{0,2}(de|from|envoye|sent|date|a|to|cc|objet|subject)\s*:/;

/** Two headers of a mail, one below the other; "De : moi" alone is a person's. */
function isHeader(lines: readonly string[], index: number): boolean {
  const first = headerOf(lines[index] ?? '');
  const second = first && headerOf(nextWords(lines, index + 1));
  return second !== undefined && first !== second;
}

const headerOf = (line: string): string | undefined => HEADER.exec(plain(line))?.[1];
