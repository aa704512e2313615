import type { Context } from '../../context.ts';
import { printJson } from '../../io/table.ts';
import { hectorCommand, type OpenContext } from '../command.ts';

export const command = (open: OpenContext) =>
  hectorCommand('path', {
    summary: 'where the database is',
    description: 'Prints the path of the database, for other programs.',
    examples: ['hector db path', 'sqlite3 -readonly "$(hector db path)" .tables'],
  }).action(async (options) => dbPath(open(options)));

export async function dbPath(context: Context): Promise<void> {
  const { file, folder } = await context.database();
  if (context.json) return printJson(context.io, { path: file, backups: folder });
  context.io.whole(file);
}
