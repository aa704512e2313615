import { Lexer } from 'yaml';

const DEEPEST = 64;
const WIDEST_INDENT = 256;

/**
 * Where brackets, `- - -` or indentation are nested beyond any sense, or null. The parser recurses, and a stack
 * that is nearly full can end the whole process, so this is seen on the flat stream of tokens first.
 */
export function tooDeepAt(text: string): { line: number; column: number } | null {
  let offset = 0;
  let brackets = 0;
  let dashes = 0;
  for (const token of new Lexer().lex(text)) {
    if (token === '[' || token === '{') brackets += 1;
    else if (token === ']' || token === '}') brackets -= 1;
    else if (token === '-' || token === '?') dashes += 1;
    else if (token.includes('\n')) dashes = 0;
    const indented = token.length > WIDEST_INDENT && token.trim() === '';
    if (brackets > DEEPEST || dashes > DEEPEST || indented) {
      const lines = text.slice(0, offset).split('\n');
      return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
    }
    if (!MARKS.has(token)) offset += token.length;
  }
  return null;
}

/** What the lexer puts between tokens without there being a character in the text (yaml `CST`). */
const MARKS = new Set(['\u0002', '\u0018', '\u001f']);
