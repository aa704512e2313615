import type { Context } from '../../context.ts';
import { shellWord } from '../../engine/shell-word.ts';
import { afterCutOff } from '../../engine/unfinished-launch.ts';
import { failure, type UserError, usageError } from '../../errors.ts';
import { printJson } from '../../io/table.ts';
import { printable } from '../../io.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { campaignJson, shieldLine } from './print.ts';

export const command = (open: OpenContext) =>
  hectorCommand('resume', {
    summary: 'let a paused campaign go on',
    description:
      'Resumes a paused campaign. Steps that became too old meanwhile are passed over, so that nobody gets a pile; whom a cap has put off is looked at again, so that a raised cap holds at once. One that has paused itself, because too many of its mails bounced or were complained about, goes on only when a person says so: clean the list first.',
    examples: ["hector campaign resume 'PME Ouest'", "hector campaign resume 'PME Ouest' --yes"],
  })
    .argument('<campaign>', 'its name')
    .option('-y, --yes', 'also one that has paused itself, without a question')
    .action(async (name, options) => resumeCampaign(open(options), name, options.yes === true));

export async function resumeCampaign(context: Context, name: string, yes: boolean): Promise<void> {
  const store = await context.stores.campaigns();
  const campaign = await store.find(name);
  await refuseUnfinished(context, campaign.name);
  const { pauseReason } = await store.detail(campaign.id);
  if (pauseReason !== null && !(await agreed(context, campaign.name, pauseReason, yes))) {
    context.io.note(printable(`Campaign "${campaign.name}" stays paused.`));
    return;
  }
  const woken = await store.setStatus(campaign.id, 'running', context.now());
  if (context.json) printJson(context.io, campaignJson({ ...campaign, status: 'running' }));
  else if (campaign.status === 'running') context.io.out(`Campaign "${campaign.name}" is running already.`);
  else context.io.out(`Campaign "${campaign.name}" is running again.`);
  if (woken > 0 && !context.json)
    context.io.note(`${woken} that a cap had put off are looked at with the next tick.`);
}

/** Half of its people are no campaign. */
async function refuseUnfinished(context: Context, name: string): Promise<void> {
  if ((await (await context.stores.campaigns()).unfinished(name)) !== null)
    throw unfinishedLaunch(name, (await (await context.stores.campaignDrafts()).find(name)) !== null);
}

/** @param draft whether its answers are still there */
export const unfinishedLaunch = (name: string, draft: boolean): UserError =>
  failure(
    `the launch of "${name}" was cut off, or is still under way: not everybody is in it`,
    afterCutOff(name, draft),
  );

async function agreed(context: Context, name: string, reason: string, yes: boolean): Promise<boolean> {
  const line = printable(shieldLine(name, reason));
  if (yes) {
    context.io.note(`${line} Bounces and complaints count anew from now on.`);
    return true;
  }
  if (!context.io.interactive || context.json)
    throw usageError(
      `${line.replace(/\.$/, '')}: clean the list, then say --yes`,
      `hector campaign resume ${shellWord(name)} --yes`,
    );
  return context.prompter().confirm(`${line} Resume it all the same?`);
}
