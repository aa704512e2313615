import type { Context } from '../../context.ts';
import { prospectName } from '../../engine/model.ts';
import { printJson } from '../../io/table.ts';
import { printable } from '../../io.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { changeJson, nothingToChange } from './change.ts';
import { personNamed } from './view.ts';

export const command = (open: OpenContext) =>
  hectorCommand('pause', {
    summary: 'hold a person: nothing goes out until resume',
    description:
      'Holds a person in their campaigns. Nothing is sent and no task is offered until prospect resume.',
    examples: ['hector prospect pause 12', "hector prospect pause 'Claire Durand' --campaign Printemps"],
  })
    .argument('<prospect>', 'id, e-mail address, LinkedIn address or slug, phone number, or name')
    .option('--campaign <name>', 'only in this campaign')
    .action(async (prospect, options) =>
      pausePerson(open(options), { prospect, campaign: options.campaign ?? null }),
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
