import type { Context } from '../../context.ts';
import type { SuppressionKind } from '../../engine/model.ts';
import { EXIT } from '../../errors.ts';
import { printJson } from '../../io/table.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { shown } from './add.ts';
import { keysOf, kindOption } from './keys.ts';

export const command = (open: OpenContext) =>
  hectorCommand('remove', {
    summary: 'take an entry off the blacklist',
    description:
      'Takes entries off the blacklist. Whoever they had stopped stays stopped: a new campaign can take them up again. Exit code 1 when one was not there.',
    examples: ['hector blacklist remove claire.durand@ads.example', 'hector blacklist remove @ads.example'],
  })
    .argument('<value...>', 'as it was added')
    .addOption(kindOption())
    .action(async (values, options) => {
      await removeFromBlacklist(open(options), { values, kind: options.kind ?? null });
    });

export async function removeFromBlacklist(
  context: Context,
  options: { values: readonly string[]; kind: SuppressionKind | null },
): Promise<void> {
  const { io } = context;
  const keys = await keysOf(context, options.values, options.kind);
  const removed = await (await context.stores.suppressions()).remove(keys);
  const absent = keys.filter((key) => !removed.includes(key));
  if (absent.length > 0) context.exitCode = EXIT.failed;
  if (context.json) return printJson(io, { removed, absent });
  for (const key of removed) io.out(`Off the blacklist: ${shown(key)}`);
  for (const key of absent) io.warn(`Not on the blacklist: ${shown(key)}. What is: hector blacklist list`);
  if (removed.length > 0) io.note('Whoever it had stopped stays stopped.');
}
