import type { Context } from '../../context.ts';
import type { Campaign } from '../../engine/plan/snapshot.ts';
import type { CampaignEdit } from '../../engine/ports/campaign-edits.ts';
import type { LoadedScenario } from '../../engine/ports/texts.ts';
import { shellWord } from '../../engine/shell-word.ts';
import { failure, usageError } from '../../errors.ts';
import { printable } from '../../io.ts';
import { campaignName, hoursFrom, type SettingOptions, sendingFrom, voiceFrom } from './settings.ts';

const HELP = 'hector campaign edit --help';

export interface EditOptions extends Omit<SettingOptions, 'name' | 'start'> {
  name?: string | undefined;
  scenario?: string | undefined;
  yes: boolean;
}

/** Only what was asked for. The scenario is null where it is the one that the campaign has. */
export async function editFrom(
  context: Context,
  campaign: Campaign,
  options: EditOptions,
): Promise<CampaignEdit> {
  const { scenario, days, hours, daysOff, timezone, objective, name, approval, voice, caps, sender } =
    options;
  const asked = [scenario, days, hours, daysOff, timezone, objective, name, approval, voice, caps, sender];
  if (asked.every((value) => value === undefined)) throw usageError('say what is to change', HELP);
  return {
    ...(name === undefined ? {} : { name: campaignName(name, HELP) }),
    ...(objective === undefined ? {} : { objective: objective.trim() || null }),
    ...hoursAsked(options, campaign),
    ...(approval === undefined ? {} : { approval }),
    ...(voice === undefined ? {} : { voice: await voiceFrom(context, voice) }),
    ...sendingAsked(options, campaign),
    loaded: scenario === undefined ? null : await newScenario(context, campaign, scenario),
  };
}

function hoursAsked(options: EditOptions, campaign: Campaign): Pick<CampaignEdit, 'timezone' | 'window'> {
  const { timezone, window } = hoursFrom(options, campaign, HELP);
  const { days, from, to, daysOff } = window;
  return {
    ...(options.timezone === undefined ? {} : { timezone }),
    window: {
      ...(options.days === undefined ? {} : { days }),
      ...(options.hours === undefined ? {} : { from, to }),
      ...(options.daysOff === undefined ? {} : { daysOff }),
    },
  };
}

function sendingAsked(options: EditOptions, campaign: Campaign): Pick<CampaignEdit, 'caps' | 'sender'> {
  const { caps, sender } = sendingFrom(options, campaign, HELP);
  return {
    ...(options.caps === undefined ? {} : { caps }),
    ...(options.sender === undefined ? {} : { sender }),
  };
}

async function newScenario(
  context: Context,
  campaign: Campaign,
  reference: string,
): Promise<LoadedScenario | null> {
  const { findings } = await (await context.linter()).lint([reference], campaign.language);
  const first = findings.find(({ severity }) => severity === 'error');
  if (first)
    throw failure(
      printable(`${first.file}:${first.line}:${first.column} ${first.message} (${first.rule})`),
      `hector scenario lint ${shellWord(reference)}`,
    );
  const loaded = await (await context.library()).load(reference, campaign.language);
  const { version } = await (await context.stores.campaigns()).detail(campaign.id);
  return loaded.hash === version.hash ? null : loaded;
}

export function refuseLanguage({ language }: EditOptions): void {
  if (language !== undefined)
    throw usageError(
      'the language of a campaign does not change: its texts are kept in one; make another campaign',
      'hector campaign create --help',
    );
}

/** The command that would do it. */
export function editCommand(campaign: Campaign, options: EditOptions): string {
  const flags: [string, string | undefined][] = [
    ['--scenario', options.scenario],
    ['--days', options.days],
    ['--hours', options.hours],
    ['--days-off', options.daysOff],
    ['--timezone', options.timezone],
    ['--objective', options.objective],
    ['--name', options.name],
    ['--approval', options.approval],
    ['--voice', options.voice],
    ['--caps', options.caps],
    ['--sender', options.sender],
  ];
  const words = flags.flatMap(([flag, value]) => (value === undefined ? [] : [flag, shellWord(value)]));
  return printable(['hector campaign edit', shellWord(campaign.name), ...words, '--yes'].join(' '));
}
