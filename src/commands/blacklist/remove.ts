import type { Context } from '../../context.ts';
import type { SuppressionKind } from '../../engine/model.ts';
import { shellWord } from '../../engine/shell-word.ts';
import { EXIT } from '../../errors.ts';
import { printJson } from '../../io/table.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { shown } from './add.ts';
import { keysOf, kindOption } from './keys.ts';

export const command = (open: OpenContext) =>
  hectorCommand('remove', {
    summary: 'take an entry off the blacklist',
    description:
      'Takes entries off the blacklist. Whoever they had stopped stays stopped: a new campaign can take them up again. Entries in another form (a hash of the same address) stay, and are named. Exit code 1 when one was not there.',
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
  const store = await context.stores.suppressions();
  const removed = await store.remove(keys);
  const absent = keys.filter((key) => !removed.includes(key));
  const standing = (await store.entries(keys)).filter(
    ({ expiresAt }) => expiresAt === null || expiresAt > context.now(),
  );
  if (absent.length > 0) context.exitCode = EXIT.failed;
  if (context.json)
    return printJson(io, { removed, absent, standing: standing.map(({ kind, value }) => ({ kind, value })) });
  for (const key of removed) io.out(`Off the blacklist: ${shown(key)}`);
  for (const key of absent) io.warn(`No such entry: ${shown(key)}. What there is: hector blacklist list`);
  for (const key of standing)
    io.warn(
      `Still on the blacklist by another entry: ${shown(key)}. To take it off too: hector blacklist remove ${shellWord(key.value)} --kind ${key.kind}`,
    );
  if (removed.length > 0) io.note('Whoever it had stopped stays stopped.');
}
