import { Option } from '@commander-js/extra-typings';
import type { Context } from '../../context.ts';
import { APPROVALS } from '../../engine/model.ts';
import type { Campaign } from '../../engine/plan/snapshot.ts';
import type { EnrolResult } from '../../engine/ports/campaigns.ts';
import { shellWord } from '../../engine/shell-word.ts';
import { usageError } from '../../errors.ts';
import { printJson } from '../../io/table.ts';
import { dateTimeIn } from '../../io/time.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { importProspects } from '../prospect/import.ts';
import { candidates, parseFrom } from './people.ts';
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
  from?: string | undefined;
  mode: ModeChoice;
  includeAnswered?: boolean | undefined;
}

export const command = (open: OpenContext) =>
  hectorCommand('create', {
    summary: 'start a campaign: a scenario, a window, and people',
    description:
      'Creates a campaign and enrols people in it. It keeps the scenario as it is now, texts included. Without keys for its channels it is a rehearsal: texts go to the outbox folder and nothing leaves this machine.',
    examples: [
      "hector campaign create 'PME Ouest' --scenario connexion-douce --from prospects.csv",
      "hector campaign create Relance --scenario relance-douce --from 'campaign:PME Ouest' --days lun-jeu --hours 9h-12h",
      'hector campaign create Test --scenario approche-premium --from all --start 2026-12-01 --rehearsal',
    ],
  })
    .argument('<name>', 'the name of the campaign')
    .requiredOption('--scenario <slug or file>', 'see hector scenario list')
    .option('--from <people>', 'a CSV file, import:ID, campaign:NAME, or all')
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
    .option('--include-answered', 'also people who answered in an earlier campaign')
    .option('--rehearsal', 'write everything to the outbox folder, whatever keys are there')
    .option('--live', 'send for real; channels without a provider are passed over')
    .action(async (name, options) => {
      if (options.live && options.rehearsal)
        throw usageError('--live and --rehearsal exclude each other', 'hector campaign create --help');
      const mode: ModeChoice = options.live ? 'live' : options.rehearsal ? 'rehearsal' : 'auto';
      await createCampaign(open(options), { ...options, name, mode });
    });

export async function createCampaign(context: Context, options: CreateOptions): Promise<Campaign> {
  const now = context.now();
  const config = await context.config();
  const settings = settingsFrom(options, config, now, await context.calendar());
  const loaded = await (await context.library()).load(options.scenario, settings.language);
  const voice = await voiceFrom(context, options.voice);
  const { mode, missing } = chooseMode(options.mode, loaded.scenario, config);
  const from = options.from === undefined ? null : parseFrom(options.from, context.cwd);
  const people = await candidates(context, from);
  const store = await context.stores.campaigns();
  const channels = channelsThere(config);
  const campaign = await store.create({ ...settings, voice, loaded, mode, channels }, now);
  const enrolled =
    from?.kind === 'file'
      ? await importInto(context, campaign, from.path, options)
      : await (await context.stores.enroller()).enrol(campaign.name, people, now, {
          answered: options.includeAnswered === true,
        });
  const { nextAt } = await store.detail(campaign.id);
  if (config.sender.name === null)
    context.io.warn(
      'sender.name is empty in hector.yaml: e-mails and SMS will be held until it is filled in.',
    );
  if (context.json) printJson(context.io, { ...campaignJson(campaign), ...enrolled });
  else say(context, campaign, enrolled, { missing, nextAt });
  return campaign;
}

/** A list that cannot be read leaves no campaign behind. */
async function importInto(
  context: Context,
  campaign: Campaign,
  path: string,
  { includeAnswered }: CreateOptions,
): Promise<EnrolResult> {
  try {
    const { enrolment } = await importProspects(context, path, {
      campaign: campaign.name,
      silentJson: true,
      includeAnswered,
    });
    return enrolment ?? { enrolled: 0, left_out: {} };
  } catch (error) {
    await (await context.stores.campaigns()).discard(campaign.id);
    throw error;
  }
}

function say(
  { io }: Context,
  campaign: Campaign,
  enrolled: EnrolResult,
  { missing, nextAt }: { missing: string[]; nextAt: number | null },
): void {
  io.out(`Campaign "${campaign.name}" is running with ${enrolled.enrolled} people.`);
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
