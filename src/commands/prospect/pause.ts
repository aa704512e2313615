import type { Context } from '../../context.ts';
import { prospectName } from '../../engine/model.ts';
import { printJson } from '../../io/table.ts';
import { printable } from '../../io.ts';
import type { OpenContext } from '../command.ts';
import { changeJson, nothingToChange } from './change.ts';
import { holdCommand } from './hold-command.ts';
import { personNamed } from './view.ts';

export const command = (open: OpenContext) =>
  holdCommand(
    open,
    'pause',
    {
      summary: 'hold a person: nothing goes out until resume',
      description:
        'Holds a person in their campaigns. Nothing is sent and no task is offered until prospect resume.',
      examples: [
        'hector prospect pause 12',
        "hector prospect pause 'Claire Durand' --campaign Printemps",
        "hector prospect pause --where 'campaign=Printemps company=durand' --yes",
        'hector prospect pause - --yes < on-holiday.csv',
      ],
    },
    pausePerson,
  );

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
