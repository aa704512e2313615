import type { Context } from '../../context.ts';
import { printJson } from '../../io/table.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { campaignJson } from './print.ts';

export const command = (open: OpenContext) =>
  hectorCommand('resume', {
    summary: 'let a paused campaign go on',
    description:
      'Resumes a paused campaign. Steps that became too old meanwhile are passed over, so that nobody gets a pile.',
    examples: ["hector campaign resume 'PME Ouest'"],
  })
    .argument('<campaign>', 'its name')
    .action(async (name, options) => resumeCampaign(open(options), name));

export async function resumeCampaign(context: Context, name: string): Promise<void> {
  const store = await context.campaignStore();
  const campaign = await store.find(name);
  await store.setStatus(campaign.id, 'running', context.now());
  if (context.json) printJson(context.io, campaignJson({ ...campaign, status: 'running' }));
  else if (campaign.status === 'running') context.io.out(`Campaign "${campaign.name}" is running already.`);
  else context.io.out(`Campaign "${campaign.name}" is running again.`);
}
