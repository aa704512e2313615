import type { Context } from '../context.ts';
import { usageError } from '../errors.ts';
import { hectorCommand, type OpenContext } from './command.ts';

export const command = (open: OpenContext) =>
  hectorCommand('explain', {
    summary: 'why somebody waits, what comes next and when',
    description:
      'Says where a person stands in each campaign, what happens next and when, and every rule that holds them now, in the order in which the rules apply, with the command that would change it. With --campaign alone: what the people of a campaign wait for.',
    examples: [
      'hector explain 12',
      "hector explain 'Claire Durand' --campaign Printemps",
      'hector explain --campaign Printemps',
    ],
  })
    .argument('[prospect]', 'id, e-mail address, LinkedIn address or slug, phone number, or name')
    .option('--campaign <name>', 'only in this campaign; without a person, the whole campaign')
    .action(async (prospect, options) =>
      explain(open(options), { prospect: prospect ?? null, campaign: options.campaign ?? null }),
    );

export async function explain(
  context: Context,
  { prospect, campaign }: { prospect: string | null; campaign: string | null },
): Promise<void> {
  if (prospect !== null) {
    const { explainPerson } = await import('./explain/person.ts');
    return explainPerson(context, prospect, campaign);
  }
  if (campaign === null)
    throw usageError('name a person, or a campaign with --campaign', 'hector explain --help');
  const { explainCampaign } = await import('./explain/campaign.ts');
  return explainCampaign(context, campaign);
}
