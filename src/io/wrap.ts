/**
 * Lines of at most `width` columns, broken at blanks (never at no-break ones), each behind `indent`; an empty text
 * is one empty line. For European text, where a character is a column.
 */
export function wrapped(text: string, width: number, indent = ''): string[] {
  const room = Math.max(20, width - indent.length);
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > room) {
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

/** A text for a terminal of so many columns, broken at blanks instead of where the terminal happens to end. */
export function fitted(text: string, width: number): string {
  if (text.length <= width) return text;
  return text
    .split('\n')
    .flatMap((line) => {
      const indent = /^ */.exec(line)?.[0] ?? '';
      const glued = TO_COPY.reduce(
        (all, command) => all.replace(command, (found) => found.replaceAll(' ', GLUE)),
        line.slice(indent.length),
      );
      const short = line.length <= width || /^(?:\$ )?hector /.test(line.slice(indent.length));
      return short ? [line] : wrapped(glued, width, indent);
    })
    .join('\n')
    .replaceAll(GLUE, ' ');
}
