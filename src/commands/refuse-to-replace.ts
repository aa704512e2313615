import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { shellWord } from '../engine/shell-word.ts';
import { usageError } from '../errors.ts';

/** A file that is there may be the list that everything came from. A device or pipe has nothing to lose. */
export function refuseToReplace(cwd: string, file: string, command: string): void {
  if (statSync(resolve(cwd, file), { throwIfNoEntry: false })?.isFile())
    throw usageError(
      `${file} is there already and would be replaced`,
      `${command} ${shellWord(file)} --force`,
    );
}
