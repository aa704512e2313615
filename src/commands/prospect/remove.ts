import type { Context } from '../../context.ts';
import { prospectName } from '../../engine/model.ts';
import { usageError } from '../../errors.ts';
import { printJson } from '../../io/table.ts';
import { printable } from '../../io.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { manyWhereOption } from './filter.ts';
import { applyToMany } from './many/apply.ts';
import { isMany, type ManyOptions, selectPeople } from './many/select.ts';
import { personNamed } from './view.ts';

export const command = (open: OpenContext) =>
  hectorCommand('remove', {
    summary: 'delete people who were never contacted',
    description:
      'Deletes people and their enrolments. Whoever has been contacted stays in the ledger: gdpr erase takes their facts out of it, pause and blacklist hold them.',
    examples: ['hector prospect remove 12 --yes', "hector prospect remove --where 'import=3 lacks=email'"],
  })
    .argument(
      '[prospects...]',
      'id, e-mail address, LinkedIn address or slug, phone number, or name; several; - for a list on stdin',
    )
    .addOption(manyWhereOption())
    .option('-y, --yes', 'do not ask')
    .action(async (prospects, options) => {
      const context = open(options);
      const [prospect] = prospects;
      if (prospect === undefined || isMany({ prospects, where: options.where }))
        return removePeople(context, { ...options, prospects });
      const confirm = (question: string) => context.prompter().confirm(question);
      await removePerson(context, { prospect, yes: options.yes === true, confirm });
    });

export async function removePeople(context: Context, options: ManyOptions): Promise<void> {
  const selected = await selectPeople(context, options, 'hector prospect remove');
  const changes = await context.stores.peopleChanges();
  await applyToMany(context, selected, {
    ...{ verb: 'delete', done: 'deleted', help: 'hector prospect remove', yes: options.yes === true },
    where: '',
    act: (ids) => changes.remove(ids),
  });
}

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
