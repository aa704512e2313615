import type { Context } from '../../context.ts';
import { shellWord } from '../../engine/shell-word.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { manyWhereOption } from './filter.ts';
import { applyToMany } from './many/apply.ts';
import { type ManyOptions, selectPeople } from './many/select.ts';

export const command = (open: OpenContext) =>
  hectorCommand('move', {
    summary: 'take people from one campaign into another',
    description:
      'Ends people in the campaign they are in and begins the other one, at its first step, or behind what they have had ' +
      'of the same scenario. What was not sent yet is cancelled. Whoever has answered, said no, or is on the blacklist ' +
      'stays out, and nobody moves between a rehearsal and a live campaign. There is no way back into the old one.',
    examples: [
      "hector prospect move 12 --to 'PME Ouest'",
      "hector prospect move --where 'campaign=Printemps step=email-3 replied=no' --to Nurturing --yes",
    ],
  })
    .argument(
      '[prospects...]',
      'id, e-mail address, LinkedIn address or slug, phone number, or name; several; - for a list on stdin',
    )
    .requiredOption('--to <campaign>', 'where they go')
    .option('--from <campaign>', 'which one they leave (default: the one they are in)')
    .option('--step <id>', 'where they begin (default: the first step they have not had)')
    .addOption(manyWhereOption())
    .option('-y, --yes', 'do not ask')
    .action(async (prospects, options) => movePeople(open(options), { ...options, prospects }));

export interface MoveOptions extends Omit<ManyOptions, 'campaign'> {
  to: string;
  from?: string | undefined;
  step?: string | undefined;
}

export async function movePeople(context: Context, options: MoveOptions): Promise<void> {
  const beside = Object.entries({ from: options.from, step: options.step }).flatMap(([name, value]) =>
    value === undefined ? [] : [` --${name} ${shellWord(value)}`],
  );
  const help = `hector prospect move --to ${shellWord(options.to)}${beside.join('')}`;
  const mover = await context.stores.mover();
  const named = { from: options.from ?? null, to: options.to, step: options.step ?? null };
  await mover.check(named);
  const selected = await selectPeople(context, options, help);
  const move = await mover.check({ ...named, from: named.from ?? selected.standing.campaign });
  const now = context.now();
  await applyToMany(context, selected, {
    ...{ verb: 'move', done: 'moved', help, yes: options.yes === true },
    where: `${move.from === null ? '' : ` from ${move.from}`} to ${move.to}`,
    act: (ids) => mover.move(ids, move, now),
  });
}
