import type { Context } from '../../../context.ts';
import { EVERYBODY } from '../../../engine/ports/people.ts';
import { shellWord } from '../../../engine/shell-word.ts';
import { applyToMany } from './apply.ts';
import { campaignName, type ManyOptions, selectPeople } from './select.ts';

const DONE = { pause: 'paused', resume: 'resumed' } as const;

/** Pauses many people, or lets them go on. */
export async function holdPeople(
  context: Context,
  verb: keyof typeof DONE,
  options: ManyOptions,
): Promise<void> {
  const command = `hector prospect ${verb}`;
  const selected = await selectPeople(context, options, command);
  const { standing } = selected;
  const campaign = await campaignName(context, options.campaign ?? standing.campaign);
  // What --where says of one campaign is not asked in another.
  const elsewhere = standing.campaign !== null && options.campaign !== undefined;
  const where = { ...(elsewhere ? EVERYBODY : standing), campaign };
  const changes = await context.stores.peopleChanges();
  const now = context.now();
  const help = `${command}${options.campaign === undefined ? '' : ` --campaign ${shellWord(options.campaign)}`}`;
  await applyToMany(context, selected, {
    ...{ verb, done: DONE[verb], help, yes: options.yes === true },
    where: campaign === null ? '' : ` in ${campaign}`,
    act: (ids) => changes[verb](ids, where, now),
  });
}
