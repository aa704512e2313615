import type { Context } from '../../context.ts';
import { prospectName } from '../../engine/model.ts';
import { usageError } from '../../errors.ts';
import { printJson } from '../../io/table.ts';
import { printable } from '../../io.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { personNamed } from './view.ts';

export const command = (open: OpenContext) =>
  hectorCommand('remove', {
    summary: 'delete a person who was never contacted',
    description:
      'Deletes a person and their enrolments. Whoever has been contacted stays in the ledger: pause or blacklist them instead.',
    examples: ['hector prospect remove 12 --yes'],
  })
    .argument('<prospect>', 'id, e-mail address, LinkedIn address or slug, phone number, or name')
    .option('-y, --yes', 'do not ask')
    .action(async (prospect, options) => {
      const context = open(options);
      const confirm = (question: string) => context.prompter().confirm(question);
      await removePerson(context, { prospect, yes: options.yes === true, confirm });
    });

export interface RemoveOptions {
  prospect: string;
  yes: boolean;
  confirm(question: string): Promise<boolean>;
}

export async function removePerson(context: Context, options: RemoveOptions): Promise<void> {
  const person = await personNamed(context, options.prospect);
  const who = printable(`${prospectName(person)} (#${person.id})`);
  if (!options.yes) {
    if (!context.io.interactive)
      throw usageError(`this deletes ${who}: say --yes`, `hector prospect remove ${person.id} --yes`);
    if (!(await options.confirm(`Delete ${who} and their enrolments?`))) {
      context.io.note('Nothing was deleted.');
      return;
    }
  }
  const { enrolments } = await (await context.stores.people()).remove(person.id);
  if (context.json) printJson(context.io, { id: person.id, removed: true, enrolments });
  else
    context.io.out(
      `${who} is deleted${enrolments > 0 ? `, with ${enrolments} enrolment${enrolments > 1 ? 's' : ''}` : ''}.`,
    );
}
