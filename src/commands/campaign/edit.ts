import { Option } from '@commander-js/extra-typings';
import type { Context } from '../../context.ts';
import { campaignCapsText } from '../../engine/limits/campaign-caps.ts';
import { APPROVALS } from '../../engine/model.ts';
import type { Campaign } from '../../engine/plan/snapshot.ts';
import { type CampaignEdit, type EditProgress, withEdit } from '../../engine/ports/campaign-edits.ts';
import { shellWord } from '../../engine/shell-word.ts';
import { createProgress } from '../../io/progress.ts';
import { printable } from '../../io.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { counted } from '../counted.ts';
import { workspaceFlag } from '../workspace-flag.ts';
import { type EditOptions, editCommand, editFrom, refuseLanguage } from './edit-asked.ts';
import { capLines } from './print.ts';

export const command = (open: OpenContext) =>
  hectorCommand('edit', {
    summary: 'change a campaign that runs: its scenario, hours, days off',
    description:
      'Shows what a change would do and to whom; --yes applies it. What is sent stays as it is: nobody gets a step again, and the dates of what is not sent are reckoned anew. Someone whose step is taken out goes on with the step that follows.',
    examples: [
      "hector campaign edit 'PME Ouest' --scenario ./scenarios/ouest.yaml         # shows whom it affects",
      "hector campaign edit 'PME Ouest' --scenario ./scenarios/ouest.yaml --yes",
      "hector campaign edit 'PME Ouest' --days-off 2026-12-24..2027-01-02 --yes",
      "hector campaign edit 'PME Ouest' --caps 'email=40 invitation=10' --yes",
      "hector campaign edit 'PME Ouest' --days lun-jeu --hours 9h-12h --name 'Ouest, le matin' --yes",
    ],
  })
    .argument('<campaign>', 'its name')
    .option('--scenario <slug or file>', 'the scenario from now on, with its texts as they are now')
    .option('--days <days>', 'such as lun-ven, mon-fri or "mar, jeu"')
    .option('--hours <hours>', 'such as 9h-18h or 09:00-18:00')
    .option('--days-off <dates>', 'such as 2026-12-24..2027-01-02 or 24/12/2026; "" for none')
    .option('--timezone <zone>', 'such as Europe/Paris')
    .option('--objective <text>', 'what the campaign is for; "" for none')
    .option('--name <name>', 'another name')
    .addOption(
      new Option('--approval <which>', 'texts that wait for a person: hector message review').choices(
        APPROVALS,
      ),
    )
    .option('--voice <file or name>', 'the voice of texts from now on; "" for that of hector.yaml')
    .option(
      '--caps <caps>',
      "all its caps from now on, touches a day such as 'email=40 invitation=10'; off for none",
    )
    .option(
      '--sender <name and address>',
      'who signs and sends, such as \'Claire Martin <claire@ads.example>\'; "" for that of hector.yaml',
    )
    .addOption(new Option('--language <language>', 'not to be changed: texts are kept in one').hideHelp())
    .option('-y, --yes', 'apply it')
    .action(async (name, options) =>
      editCampaign(open(options), name, { ...options, yes: options.yes === true }),
    );

export async function editCampaign(context: Context, name: string, options: EditOptions): Promise<void> {
  refuseLanguage(options);
  const campaign = await (await context.stores.campaigns()).find(name);
  const edit = await editFrom(context, campaign, options);
  const editor = await context.stores.campaignEditor();
  const now = context.now();
  const { printEdit, settingsChanged } = await import('./edit-print.ts');
  const settings = settingsChanged(campaign, edit);
  const nothing = settings.length === 0 && edit.loaded === null;
  const applies = options.yes && !nothing;
  const effect = await withProgress(context, (progress) =>
    (applies ? editor.apply : editor.preview)(campaign.id, edit, now, progress),
  );
  await printEdit(context, campaign, {
    settings,
    loaded: edit.loaded,
    effect,
    applied: applies,
  });
  await sayCaps(context, campaign, edit);
  if (nothing) context.io.note(`"${printable(campaign.name)}" is like that already. Nothing was changed.`);
  else if (applies) await sayNext(context, withEdit(campaign, edit));
  else await ask(context, { campaign, edit, options, now });
}

async function withProgress<R>(context: Context, act: (progress: EditProgress) => Promise<R>): Promise<R> {
  const progress = createProgress(context.io, 'Planning anew');
  try {
    return await act(progress.at);
  } finally {
    progress.end();
  }
}

/** What becomes of the caps with the scenario, where one of them changes. */
async function sayCaps(context: Context, campaign: Campaign, edit: CampaignEdit): Promise<void> {
  const { loaded } = edit;
  const { caps } = withEdit(campaign, edit);
  if (loaded === null && campaignCapsText(caps) === campaignCapsText(campaign.caps)) return;
  const detail = loaded ?? (await (await context.stores.campaigns()).detail(campaign.id)).version;
  for (const line of capLines(caps, detail.scenario)) context.io.note(line);
}

/** Texts that wait already go on waiting: who has asked for them may want to read them. */
async function sayNext(context: Context, { name, approval }: Campaign): Promise<void> {
  const drafts = approval === 'off' ? await context.stores.reviews() : null;
  const waiting = (await drafts?.count({ campaign: name, channel: null, step: null })) ?? 0;
  context.io.note(
    waiting > 0
      ? `${counted(waiting, 'text')} still waiting for approval. Next: hector message approve --all --campaign ${shellWord(name)} --yes`
      : `Next: hector campaign show ${shellWord(name)}`,
  );
}

interface Asked {
  campaign: Campaign;
  edit: CampaignEdit;
  options: EditOptions;
  now: number;
}

/** On a terminal a question; elsewhere the command that would do it. */
async function ask(context: Context, { campaign, edit, options, now }: Asked): Promise<void> {
  const asks = context.io.interactive && !context.json;
  if (asks && (await context.prompter().confirm(`Change "${printable(campaign.name)}" so?`))) {
    const editor = await context.stores.campaignEditor();
    await withProgress(context, (progress) => editor.apply(campaign.id, edit, now, progress));
    context.io.out(printable(`Campaign "${edit.name ?? campaign.name}" is changed.`));
    return;
  }
  context.io.note(
    `Nothing was changed. To apply: ${editCommand(campaign, options)}${workspaceFlag(context)}`,
  );
}
