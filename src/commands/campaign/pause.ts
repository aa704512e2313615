import type { Context } from '../../context.ts';
import { LAUNCH_CUT_OFF } from '../../engine/unfinished-launch.ts';
import { printJson } from '../../io/table.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { campaignJson } from './print.ts';

export const command = (open: OpenContext) =>
  hectorCommand('pause', {
    summary: 'nothing more goes out until it is resumed',
    description:
      'Pauses a campaign: no message of it goes out and no task of it is offered until it is resumed.',
    examples: ["hector campaign pause 'PME Ouest'"],
  })
    .argument('<campaign>', 'its name')
    .action(async (name, options) => pauseCampaign(open(options), name));

export async function pauseCampaign(context: Context, name: string): Promise<void> {
  const store = await context.stores.campaigns();
  const campaign = await store.find(name);
  const isUnfinished = (await store.unfinished(campaign.name)) !== null;
  await store.setStatus(campaign.id, 'paused', context.now());
  if (context.json) printJson(context.io, campaignJson({ ...campaign, status: 'paused' }));
  else if (isUnfinished)
    context.io.out(`Campaign "${campaign.name}" is paused, and stays so: ${LAUNCH_CUT_OFF}.`);
  else if (campaign.status === 'paused') context.io.out(`Campaign "${campaign.name}" is paused already.`);
  else context.io.out(`Campaign "${campaign.name}" is paused.`);
}
