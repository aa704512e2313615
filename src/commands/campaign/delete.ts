import type { Context } from '../../context.ts';
import { inHandsRefusal } from '../../engine/in-hands.ts';
import type { Campaign } from '../../engine/plan/snapshot.ts';
import type { CampaignDraft } from '../../engine/ports/campaign-drafts.ts';
import type { Deletion } from '../../engine/ports/campaign-ends.ts';
import { shellWord } from '../../engine/shell-word.ts';
import { failure, UserError, usageError } from '../../errors.ts';
import { printJson } from '../../io/table.ts';
import { printable } from '../../io.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { counted } from '../counted.ts';

export const command = (open: OpenContext) =>
  hectorCommand('delete', {
    summary: 'take away a draft, or a campaign that has touched nobody for real',
    description:
      'Deletes a draft; or a campaign that has touched nobody for real: a rehearsal, or one that has sent nothing yet. Its people stay in the base. One that has touched somebody is history, and can only be ended; one whose LinkedIn texts wait for a person stays until they are settled.',
    examples: [
      "hector campaign delete 'PME Ouest'         # shows what it touches, and asks",
      "hector campaign delete 'PME Ouest' --yes",
    ],
  })
    .argument('<campaign>', 'its name, or that of a draft')
    .option('-y, --yes', 'without a question')
    .action(async (name, options) => deleteCampaign(open(options), name, options.yes === true));

export async function deleteCampaign(context: Context, name: string, yes: boolean): Promise<void> {
  const campaigns = await context.stores.campaigns();
  const draft = await (await context.stores.campaignDrafts()).find(name);
  if (!draft) return deleteLaunched(context, await campaigns.find(name), yes);
  const namesake = await campaigns.find(name).catch(noneOfThatName);
  if (!namesake) return deleteDraft(context, draft, yes);
  return deleteOneOf(context, namesake, draft, yes);
}

function noneOfThatName(error: unknown): null {
  if (error instanceof UserError) return null;
  throw error;
}

/** A launch that was cut off leaves a draft beside its campaign. One that is history stays; else the draft does. */
async function deleteOneOf(
  context: Context,
  campaign: Campaign,
  draft: CampaignDraft,
  yes: boolean,
): Promise<void> {
  const { contacted, inHands } = await (await context.stores.campaignEnds()).deletion(campaign.id);
  const isKept = contacted + inHands > 0;
  const [goes, stays] = isKept ? ['draft', 'campaign'] : ['campaign', 'draft'];
  context.io.note(
    printable(`"${campaign.name}" is a campaign and a draft: the ${goes} goes, the ${stays} stays.`),
  );
  await (isKept ? deleteDraft(context, draft, yes) : deleteLaunched(context, campaign, yes));
}

async function deleteLaunched(context: Context, campaign: Campaign, yes: boolean): Promise<void> {
  const ends = await context.stores.campaignEnds();
  const effect = await ends.deletion(campaign.id);
  if (effect.contacted > 0) throw isHistory(campaign, effect);
  if (effect.inHands > 0) throw failure(...inHandsRefusal(campaign, effect.inHands));
  if (!yes && !(await agreed(context, campaign.name, effectText(effect)))) return;
  const done = await ends.remove(campaign.id);
  say(context, { name: campaign.name, what: 'campaign', ...done });
}

async function deleteDraft(
  context: Context,
  { id, answers: { name } }: CampaignDraft,
  yes: boolean,
): Promise<void> {
  if (!yes && !(await agreed(context, name, 'It is a draft: only its answers go.'))) return;
  await (await context.stores.campaignDrafts()).remove(id);
  say(context, { name, what: 'draft', people: 0, messages: 0 });
}

const isHistory = ({ name, status }: Campaign, { contacted }: Deletion): UserError =>
  failure(
    `"${name}" has touched ${counted(contacted, 'person', 'people')} for real and stays${status === 'completed' ? '; it has ended already' : ': end it instead'}`,
    status === 'completed'
      ? `hector report ${shellWord(name)}`
      : `hector campaign complete ${shellWord(name)}`,
  );

const effectText = ({ people, messages }: Pick<Deletion, 'people' | 'messages'>): string =>
  `With it go the places of ${counted(people, 'person', 'people')} in it and ${counted(messages, 'text')}; the people stay in the base.`;

interface Deleted extends Pick<Deletion, 'people' | 'messages'> {
  name: string;
  what: 'campaign' | 'draft';
}

function say({ io, json }: Context, { name, what, people, messages }: Deleted): void {
  if (json) {
    printJson(io, { name, deleted: what, people, messages });
    return;
  }
  io.out(printable(what === 'draft' ? `Draft "${name}" is gone.` : `Campaign "${name}" is gone.`));
  if (what === 'campaign') io.note(effectText({ people, messages }));
}

async function agreed(context: Context, name: string, effect: string): Promise<boolean> {
  if (!context.io.interactive || context.json)
    throw usageError(
      printable(`deleting "${name}" cannot be undone. ${effect} Say --yes`),
      `hector campaign delete ${shellWord(name)} --yes`,
    );
  context.io.note(effect);
  const yes = await context.prompter().confirm(printable(`Delete "${name}"?`));
  if (!yes) context.io.note('Nothing is changed.');
  return yes;
}
