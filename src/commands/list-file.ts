import type { Context } from '../context.ts';
import type { CsvList } from '../engine/ports/imports.ts';
import { UserError } from '../errors.ts';

/** Opens a list; what is wrong with it leads to the help of the command that reads it. @param help what to type next */
export async function openList(
  context: Context,
  path: string,
  options: Parameters<Context['csvFile']>[1],
  help: string,
): Promise<CsvList> {
  try {
    return await context.csvFile(path, options);
  } catch (error) {
    if (!(error instanceof UserError) || !error.next?.startsWith('hector prospect import')) throw error;
    throw new UserError(error.message, { exitCode: error.exitCode, next: help, cause: error });
  }
}
