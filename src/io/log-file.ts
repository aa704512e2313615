import { appendFileSync, existsSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeFolder } from './make-folder.ts';

const LARGEST_BYTES = 1024 * 1024;
/** Older ones, `tick.log.1` the youngest. */
const KEPT = 5;

/**
 * Adds lines to a log that only its owner may read, and moves it aside when it has grown large.
 * @param at UTC ms, before each line
 */
export function appendLog(
  file: string,
  at: number,
  lines: readonly string[],
  limits: { bytes: number; kept: number } = { bytes: LARGEST_BYTES, kept: KEPT },
): void {
  makeFolder(dirname(file), 0o700);
  if (sizeOf(file) >= limits.bytes) rotate(file, limits.kept);
  const time = new Date(at).toISOString();
  // In one write: two programs that end at once do not mix their lines.
  appendFileSync(file, lines.map((line) => `${time} ${line}\n`).join(''), { mode: 0o600 });
}

/**
 * Makes the file, if need be, and leaves it as it is.
 * @throws the system's error where nothing can be written there
 */
export function openLog(file: string): void {
  makeFolder(dirname(file), 0o700);
  appendFileSync(file, '', { mode: 0o600 });
}

function rotate(file: string, kept: number): void {
  for (let number = kept - 1; number >= 0; number -= 1) {
    const from = number === 0 ? file : `${file}.${number}`;
    if (existsSync(from)) renameSync(from, `${file}.${number + 1}`);
  }
}

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
