import { stripVTControlCharacters } from 'node:util';

/**
 * Lines of at most `width` columns, broken at blanks (never at no-break ones), each behind `indent`; an empty text
 * is one empty line.
 */
export function wrapped(text: string, width: number, indent = ''): string[] {
  const room = Math.max(20, width - indent.length);
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && columnsOf(line) + 1 + columnsOf(word) > room) {
      lines.push(line.replace(/ +$/, ''));
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line.replace(/ +$/, '')].map((each) => indent + each);
}

/** What is to be copied stays in one piece: a command behind a colon to its end, and the beginning of any other. */
const TO_COPY = [
  /(?<=: )(?:cd (?:'[^']*'|\S+) && )?hector(?: (?:'[^']*'|(?:[^\s';,()]|,(?=\S))+)+)*/g,
  /\bhector [a-z][a-z-]*(?: [a-z][a-z-]*)?(?: (?:--?[\w-]+|'[^']*'|[A-Z0-9][\w./-]*))*/g,
];
const GLUE = '\u0000';

/** A text in which no line is broken within `command`, whatever it is. */
export const keptWhole = (command: string): string => command.replaceAll(' ', GLUE);

/** What stands before a line, and before each that it is broken into: blanks, and the bar of a quoted text. */
const MARGIN = /^ *(?:\| )?/;

/** A text for a terminal of so many columns, broken at blanks instead of where the terminal happens to end. */
export const fitted = (text: string, width: number): string =>
  text
    .split('\n')
    .flatMap((line) => (columnsOf(line) <= width ? [line] : broken(line, width)))
    .join('\n')
    .replaceAll(GLUE, ' ');

function broken(line: string, width: number): string[] {
  const margin = MARGIN.exec(line)?.[0] ?? '';
  const text = line.slice(margin.length);
  if (/^(?:\$ )?hector /.test(text)) return [line];
  const glued = TO_COPY.reduce((all, command) => all.replace(command, keptWhole), text);
  return wrapped(glued, width, margin);
}

const ONE_COLUMN_EACH = /^[ -~\u00a0-\u02ff\u2010-\u203a\u2500-\u257f]*$/;
const NO_COLUMN = /\p{M}|\p{Cf}/gu;
const TWO_COLUMNS =
  /\p{Extended_Pictographic}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f000}-\u{3ffff}]/gu;

/** Columns that a text takes at most; what measures exactly would have to be loaded for every command. */
function columnsOf(text: string): number {
  if (ONE_COLUMN_EACH.test(text)) return text.length;
  return [...stripVTControlCharacters(text).replace(NO_COLUMN, '').replace(TWO_COLUMNS, '  ')].length;
}
