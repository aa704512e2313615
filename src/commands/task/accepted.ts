import type { Context } from '../../context.ts';
import { prospectName } from '../../engine/model.ts';
import { printJson } from '../../io/table.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { oneByOne } from './each.ts';

export const command = (open: OpenContext) =>
  hectorCommand('accepted', {
    summary: 'a LinkedIn invitation was accepted',
    description:
      'Records that people accepted the invitation; steps that wait for it go out with the next tick.',
    examples: [
      'hector task accepted claire.durand@ateliersdurand.example',
      "hector task accepted 'Claire Durand'",
    ],
  })
    .argument('<prospect...>', 'e-mail, LinkedIn profile, name or number')
    .action(async (people, options) => recordAccepted(open(options), people));

export async function recordAccepted(context: Context, references: readonly string[]): Promise<void> {
  const [people, store, { country }] = await Promise.all([
    context.stores.people(),
    context.stores.tasks(),
    context.config(),
  ]);
  await oneByOne(
    references,
    async (reference) => {
      const prospect = await people.find(reference, country);
      const fresh = (await store.accepted(prospect.id, context.now())) !== null;
      const name = prospectName(prospect) || `#${prospect.id}`;
      if (!context.json) context.io.out(fresh ? `Accepted: ${name}` : `Known already: ${name}`);
      return { prospect_id: prospect.id, recorded: fresh };
    },
    (recorded) => context.json && printJson(context.io, recorded),
  );
}
