import { readFileSync, statSync } from 'node:fs';
import { errorCode } from '../errors.ts';
import type { Problem } from './located.ts';

/** No scenario, template or configuration of a person is anywhere near this (bytes). */
const LARGEST = 1024 * 1024;

export type TextFile = { ok: true; file: string; text: string } | { ok: false; problem: Problem };

/** A text file a person wrote: UTF-8, with or without byte order mark, of a sane size. Never throws for the file. */
export function readTextFile(path: string, shownAs: string = path): TextFile {
  const refused = (message: string): TextFile => ({
    ok: false,
    problem: { file: shownAs, line: 1, column: 1, message },
  });
  try {
    const stat = statSync(path);
    if (!stat.isFile()) return refused('this is no file');
    if (stat.size > LARGEST) return refused(`the file is too big: ${stat.size} bytes, at most ${LARGEST}`);
    const text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
    return text.includes('\0') ? refused('this is no text file') : { ok: true, file: shownAs, text };
  } catch (error) {
    if (error instanceof TypeError) return refused('the text is not UTF-8: save the file as UTF-8');
    const code = errorCode(error);
    if (code === undefined) throw error;
    return refused(code === 'ENOENT' ? 'no such file' : `cannot be read (${code})`);
  }
}
