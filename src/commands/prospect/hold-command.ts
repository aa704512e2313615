import type { Context } from '../../context.ts';
import { type CommandText, hectorCommand, type OpenContext } from '../command.ts';
import { manyWhereOption } from './filter.ts';
import { holdPeople } from './many/hold.ts';
import { isMany } from './many/select.ts';

interface Held {
  prospect: string;
  /** Null: in all of them. */
  campaign: string | null;
}

/** `prospect pause` and `prospect resume`: of one person who is named, or of many. */
export const holdCommand = (
  open: OpenContext,
  verb: 'pause' | 'resume',
  text: CommandText,
  holdPerson: (context: Context, held: Held) => Promise<void>,
) =>
  hectorCommand(verb, text)
    .argument(
      '[prospects...]',
      'id, e-mail address, LinkedIn address or slug, phone number, or name; several; - for a list on stdin',
    )
    .addOption(manyWhereOption())
    .option('--campaign <name>', 'only in this campaign')
    .option('-y, --yes', 'do not ask, where there are several')
    .action(async (prospects, options) => {
      const context = open(options);
      const [prospect] = prospects;
      if (prospect !== undefined && !isMany({ prospects, where: options.where }))
        return holdPerson(context, { prospect, campaign: options.campaign ?? null });
      await holdPeople(context, verb, { ...options, prospects });
    });
