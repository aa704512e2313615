import type { Context } from '../../context.ts';
import { prospectName } from '../../engine/model.ts';
import { printJson } from '../../io/table.ts';
import { dateTimeIn } from '../../io/time.ts';
import { printable } from '../../io.ts';
import type { OpenContext } from '../command.ts';
import { changeJson, nothingToChange } from './change.ts';
import { holdCommand } from './hold-command.ts';
import { personNamed } from './view.ts';

export const command = (open: OpenContext) =>
  holdCommand(
    open,
    'resume',
    {
      summary: 'let a paused person go on',
      description:
        'Lets a paused person go on at the step they were at, at a normal pace: a step that has come too late by now is passed over.',
      examples: [
        'hector prospect resume 12',
        "hector prospect resume 'Claire Durand' --campaign Printemps",
        "hector prospect resume --where 'campaign=Printemps status=paused'",
      ],
    },
    resumePerson,
  );

export async function resumePerson(
  context: Context,
  options: { prospect: string; campaign: string | null },
): Promise<void> {
  const { io } = context;
  const person = await personNamed(context, options.prospect);
  const now = context.now();
  const result = await (await context.stores.people()).resume(person.id, options.campaign, now);
  if (result.changed.length === 0) throw nothingToChange(person, result.instead, 'paused');
  if (context.json) return printJson(io, changeJson(person, result.changed));
  for (const { campaign, campaignStatus, step, nextAt, timezone } of result.changed) {
    const when =
      nextAt !== null && nextAt > now
        ? `not before ${dateTimeIn(nextAt, timezone)}`
        : 'from the next tick on';
    io.out(
      printable(`${prospectName(person)} (#${person.id}) goes on in ${campaign} at step ${step}, ${when}.`),
    );
    if (campaignStatus !== 'running')
      io.note(printable(`The campaign itself is ${campaignStatus}: ${campaign}`));
  }
}
