import type { Context } from '../../context.ts';
import { prospectName } from '../../engine/model.ts';
import { printJson } from '../../io/table.ts';
import { printable } from '../../io.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { changeJson, nothingToChange } from './change.ts';
import { manyWhereOption } from './filter.ts';
import { holdPeople } from './many/hold.ts';
import { isMany, type ManyOptions } from './many/select.ts';
import { personNamed } from './view.ts';

export const command = (open: OpenContext) =>
  hectorCommand('pause', {
    summary: 'hold a person: nothing goes out until resume',
    description:
      'Holds a person in their campaigns. Nothing is sent and no task is offered until prospect resume.',
    examples: [
      'hector prospect pause 12',
      "hector prospect pause 'Claire Durand' --campaign Printemps",
      "hector prospect pause --where 'campaign=Printemps company=durand' --yes",
      'hector prospect pause - --yes < on-holiday.csv',
    ],
  })
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
        return pausePerson(context, { prospect, campaign: options.campaign ?? null });
      await pausePeople(context, { ...options, prospects });
    });

export const pausePeople = (context: Context, options: ManyOptions): Promise<void> =>
  holdPeople(context, 'pause', options);

export async function pausePerson(
  context: Context,
  options: { prospect: string; campaign: string | null },
): Promise<void> {
  const person = await personNamed(context, options.prospect);
  const result = await (await context.stores.people()).pause(person.id, options.campaign, context.now());
  if (result.changed.length === 0) throw nothingToChange(person, result.instead, 'active');
  if (context.json) return printJson(context.io, changeJson(person, result.changed));
  for (const { campaign, step } of result.changed)
    context.io.out(
      printable(`${prospectName(person)} (#${person.id}) is paused in ${campaign}, before step ${step}.`),
    );
  context.io.note(`Again: hector prospect resume ${person.id}`);
}
