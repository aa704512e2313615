import type { Context } from '../../context.ts';
import type { Completion } from '../../engine/ports/campaign-ends.ts';
import { shellWord } from '../../engine/shell-word.ts';
import { usageError } from '../../errors.ts';
import { printJson } from '../../io/table.ts';
import { printable } from '../../io.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { counted } from '../counted.ts';

export const command = (open: OpenContext) =>
  hectorCommand('complete', {
    summary: 'end a campaign for good',
    description:
      'Ends a campaign: whoever is still under way is stopped, texts that have not gone out are cancelled, and nobody can be taken in any more. What was sent stays, and so does the report.',
    examples: [
      "hector campaign complete 'PME Ouest'         # shows what it touches, and asks",
      "hector campaign complete 'PME Ouest' --yes",
    ],
  })
    .argument('<campaign>', 'its name')
    .option('-y, --yes', 'without a question')
    .action(async (name, options) => completeCampaign(open(options), name, options.yes === true));

export async function completeCampaign(context: Context, name: string, yes: boolean): Promise<void> {
  const campaign = await (await context.stores.campaigns()).find(name);
  const ends = await context.stores.campaignEnds();
  const ended = campaign.status === 'completed';
  if (!ended && !yes && !(await agreed(context, campaign.name, await ends.completion(campaign.id)))) return;
  // Also where it has ended: a program that was taking people in may have been too late to know.
  const done = await ends.complete(campaign.id, context.now());
  say(context, campaign.name, done, ended ? 'has ended already' : 'has ended');
}

function say(context: Context, name: string, done: Completion, what: string): void {
  const { enrolments: stopped, messages: cancelled, uncertain } = done;
  if (context.json) {
    printJson(context.io, { name, status: 'completed', stopped, cancelled, uncertain });
    return;
  }
  context.io.out(printable(`Campaign "${name}" ${what}.`));
  context.io.note(touched(done));
  if (uncertain > 0) context.io.note('Next: hector task list');
}

const touched = ({ enrolments, messages, uncertain }: Completion): string =>
  `Under way, and stopped: ${counted(enrolments, 'person', 'people')}. Not sent, and cancelled: ${counted(messages, 'text')}.${uncertain > 0 ? ` Perhaps sent, and still to be settled: ${counted(uncertain, 'text')}.` : ''}`;

async function agreed(context: Context, name: string, effect: Completion): Promise<boolean> {
  if (!context.io.interactive || context.json)
    throw usageError(
      `ending "${name}" stops ${counted(effect.enrolments, 'person', 'people')} and cancels ${counted(effect.messages, 'text')} for good: say --yes`,
      `hector campaign complete ${shellWord(name)} --yes`,
    );
  context.io.note(touched(effect));
  const yes = await context.prompter().confirm(printable(`End "${name}" for good?`));
  if (!yes) context.io.note('Nothing is changed.');
  return yes;
}
