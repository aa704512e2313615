import { Option } from '@commander-js/extra-typings';
import type { Context } from '../../context.ts';
import { APPROVALS } from '../../engine/model.ts';
import type { Campaign } from '../../engine/plan/snapshot.ts';
import type { CampaignAnswers } from '../../engine/ports/campaign-drafts.ts';
import type { EnrolResult } from '../../engine/ports/campaigns.ts';
import { shellWord } from '../../engine/shell-word.ts';
import { usageError } from '../../errors.ts';
import { printJson } from '../../io/table.ts';
import { dateTimeIn } from '../../io/time.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { counted } from '../counted.ts';
import { enrolAll, rowsByHand } from './create/enrol.ts';
import { candidates, filesOf, parseFrom, parsePerson } from './people.ts';
import { campaignJson, leftOutLines, modeLine } from './print.ts';
import {
  channelsThere,
  chooseMode,
  type ModeChoice,
  type SettingOptions,
  settingsFrom,
  voiceFrom,
} from './settings.ts';

export interface CreateOptions extends SettingOptions {
  scenario: string;
  from?: string | readonly string[] | undefined;
  person?: readonly string[] | undefined;
  mode: ModeChoice;
  includeAnswered?: boolean | undefined;
}

export const command = (open: OpenContext) =>
  hectorCommand('create', {
    summary: 'start a campaign: a scenario, a window, and people',
    description:
      'Creates a campaign and enrols people in it. It keeps the scenario as it is now, texts included. Without keys for its channels it is a rehearsal: texts go to the outbox folder and nothing leaves this machine. On a terminal, without what it needs, it asks in five steps, shows who gets what when, and keeps every answer: a draft can be resumed.',
    examples: [
      'hector campaign create                              # asks',
      'hector campaign create --resume                     # goes on with a draft',
      "hector campaign create 'PME Ouest' --scenario connexion-douce --from prospects.csv",
      "hector campaign create Relance --scenario relance-douce --from 'campaign:PME Ouest' --days lun-jeu --hours 9h-12h",
      'hector campaign create Test --scenario approche-premium --from all --start 2026-12-01 --rehearsal',
    ],
  })
    .argument('[name]', 'the name of the campaign')
    .option('--scenario <slug or file>', 'see hector scenario list')
    .option(
      '--from <people>',
      'a CSV file, import:ID, campaign:NAME, all, or where:FILTER as prospect list takes it (repeatable)',
      collect,
    )
    .option(
      '--person <facts>',
      "somebody by hand: 'first_name=Claire email=claire@durand.example' (repeatable)",
      collect,
    )
    .option('--timezone <zone>', 'such as Europe/Paris (default: hector.yaml)')
    .option('--days <days>', 'such as lun-ven, mon-fri or "mar, jeu" (default: hector.yaml)')
    .option('--hours <hours>', 'such as 9h-18h or 09:00-18:00 (default: hector.yaml)')
    .option(
      '--days-off <dates>',
      'such as 2026-12-24..2027-01-02 or 24/12/2026; "" for none (default: hector.yaml)',
    )
    .option('--start <date>', 'first day, such as 2026-12-01 or 01/12/2026 (default: now)')
    .option('--objective <text>', 'what the campaign is for; templates may use it')
    .option('--language <language>', 'fr or en (default: hector.yaml)')
    .addOption(
      new Option('--approval <which>', 'texts that wait for a person: hector message review').choices(
        APPROVALS,
      ),
    )
    .option('--voice <file or name>', 'the voice of its texts (default: hector.yaml); see hector voice list')
    .option('--caps <caps>', "touches a day of this campaign, such as 'email=40 invitation=10'; off for none")
    .option(
      '--sender <name and address>',
      "who signs and sends, such as 'Claire Martin <claire@ads.example>'",
    )
    .option('--include-answered', 'also people who answered in an earlier campaign')
    .option('--rehearsal', 'write everything to the outbox folder, whatever keys are there')
    .option('--live', 'send for real; channels without a provider are passed over')
    .option('--wizard', 'ask, with what is given here as the answers to begin with')
    .option('--draft', 'keep it as a draft, and launch nothing')
    .option('--resume [draft]', 'go on with a draft: the newest, or the one of this name')
    .option('-y, --yes', 'with --resume: launch the draft as it is, without a question')
    .action(async (name, options) => {
      if (options.live && options.rehearsal)
        throw usageError('--live and --rehearsal exclude each other', HELP);
      const mode: ModeChoice | undefined = options.live
        ? 'live'
        : options.rehearsal
          ? 'rehearsal'
          : undefined;
      const { wizard, draft, resume, yes, live, rehearsal, workspace, json, quiet, color, ...answers } =
        options;
      const { beginCampaign } = await import('./create/begin.ts');
      const given = { ...answers, ...(name === undefined ? {} : { name }), ...(mode ? { mode } : {}) };
      await beginCampaign(open(options), given, {
        ...{ wizard: wizard === true, draft: draft === true, yes: yes === true },
        resume: resume === true ? '' : resume,
      });
    });

const HELP = 'hector campaign create --help';

const collect = (value: string, before: string[] = []): string[] => [...before, value];

/** Answers as `createCampaign` takes them: an empty one is none. @throws UserError where the scenario is missing */
export function launchable({ mode = 'auto', scenario, ...answers }: CampaignAnswers): CreateOptions {
  if (!scenario) throw usageError("required option '--scenario <slug or file>' not specified", HELP);
  const { start, language, voice, ...rest } = answers;
  return {
    ...rest,
    ...{ scenario, mode },
    ...(start ? { start } : {}),
    ...(language ? { language } : {}),
    ...(voice ? { voice } : {}),
  };
}

export async function createCampaign(context: Context, options: CreateOptions): Promise<Campaign> {
  const now = context.now();
  const config = await context.config();
  const settings = settingsFrom(options, config, now, await context.calendar());
  const loaded = await (await context.library()).load(options.scenario, settings.language);
  const voice = await voiceFrom(context, options.voice);
  const { mode, missing } = chooseMode(options.mode, loaded.scenario, config);
  const texts = typeof options.from === 'string' ? [options.from] : (options.from ?? []);
  const sources = texts.map((text) => parseFrom(text, context.cwd, now));
  const byHand = (options.person ?? []).map(parsePerson);
  await rowsByHand(context, byHand);
  const people = await candidates(context, sources);
  const store = await context.stores.campaigns();
  const channels = channelsThere(config);
  const campaign = await store.create({ ...settings, voice, loaded, mode, channels }, now);
  const enrolled = await enrolAll(
    context,
    campaign,
    { people, byHand, files: filesOf(sources) },
    options.includeAnswered === true,
  );
  const { nextAt } = await store.detail(campaign.id);
  if (config.sender.name === null && settings.sender === null)
    context.io.warn(
      'sender.name is empty in hector.yaml: e-mails and SMS will be held until it is filled in.',
    );
  if (context.json) printJson(context.io, { ...campaignJson(campaign), ...enrolled });
  else say(context, campaign, enrolled, { missing, nextAt });
  return campaign;
}

function say(
  { io }: Context,
  campaign: Campaign,
  enrolled: EnrolResult,
  { missing, nextAt }: { missing: string[]; nextAt: number | null },
): void {
  io.out(`Campaign "${campaign.name}" is running with ${counted(enrolled.enrolled, 'person', 'people')}.`);
  for (const line of leftOutLines(enrolled)) io.note(line);
  io.note(modeLine(campaign, missing));
  if (nextAt !== null)
    io.note(`First touch: ${dateTimeIn(nextAt, campaign.timezone)} (${campaign.timezone})`);
  io.note(
    enrolled.enrolled === 0 && leftOutLines(enrolled).length > 0
      ? 'Nobody could be enrolled: the lines above say why.'
      : enrolled.enrolled === 0
        ? `Nobody is in it yet. Next: hector prospect import FILE --campaign ${shellWord(campaign.name)}`
        : 'Next: hector tick --dry-run, then hector tick',
  );
}
