import type { Context } from '../../context.ts';
import { printJson } from '../../io/table.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { printCard } from './show/card.ts';
import { cardJson } from './show/json.ts';
import { knownOf } from './show/known.ts';
import { personNamed } from './view.ts';

export const command = (open: OpenContext) =>
  hectorCommand('show', {
    summary: 'everything known about a person',
    description:
      'Shows one person: facts and where they come from, campaigns with their next date, blacklist, colleagues who are being contacted, and all that happened.',
    examples: [
      'hector prospect show 12',
      'hector prospect show claire.durand@ads.example',
      "hector prospect show 'Claire Durand'",
    ],
  })
    .argument('<prospect>', 'id, e-mail address, LinkedIn address or slug, phone number, or name')
    .action(async (prospect, options) => showPerson(open(options), { prospect }));

export async function showPerson(context: Context, options: { prospect: string }): Promise<void> {
  const { id } = await personNamed(context, options.prospect);
  const card = await (await context.stores.people()).card(id);
  const known = await knownOf(context, card);
  if (context.json) return printJson(context.io, cardJson(card, known));
  await printCard(context.io, card, known, context.now());
}
