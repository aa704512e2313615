import { resolve } from 'node:path';
import type { Context } from '../context.ts';
import { shellWord } from '../engine/shell-word.ts';

/** For the end of a command to type next: ` --workspace FOLDER` where it was typed, so that it means the same one anywhere. */
export const workspaceFlag = ({ cwd, namedWorkspace }: Context): string =>
  namedWorkspace === undefined ? '' : ` --workspace ${shellWord(resolve(cwd, namedWorkspace))}`;
