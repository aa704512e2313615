import type { Context } from '../../../context.ts';
import type { Campaign } from '../../../engine/plan/snapshot.ts';
import type { CampaignAnswers } from '../../../engine/ports/campaign-drafts.ts';
import type { EnrolResult } from '../../../engine/ports/campaigns.ts';
import type { Scenario } from '../../../engine/scenario/scenario.ts';
import { shellWord } from '../../../engine/shell-word.ts';
import { usageError } from '../../../errors.ts';
import { printJson } from '../../../io/table.ts';
import { dateTimeIn } from '../../../io/time.ts';
import { printable } from '../../../io.ts';
import { counted } from '../../counted.ts';
import { candidates, filesOf, parseFrom, parsePerson, refuseNobodyNamed } from '../people.ts';
import { campaignJson, capLines, leftOutLines, modeLine } from '../print.ts';
import { unfinishedLaunch } from '../resume.ts';
import {
  channelsThere,
  chooseMode,
  type ModeChoice,
  type SettingOptions,
  settingsFrom,
  voiceFrom,
} from '../settings.ts';
import { enrolAndStart, rowsByHand } from './enrol.ts';

export interface CreateOptions extends SettingOptions {
  scenario: string;
  from?: string | readonly string[] | undefined;
  person?: readonly string[] | undefined;
  mode: ModeChoice;
  includeAnswered?: boolean | undefined;
  again?: boolean | undefined;
}

/** Answers as `createCampaign` takes them: an empty one is none. @throws UserError where the scenario is missing */
export function launchable({ mode = 'auto', scenario, ...answers }: CampaignAnswers): CreateOptions {
  if (!scenario)
    throw usageError(
      "required option '--scenario <slug or file>' not specified",
      'hector campaign create --help',
    );
  return { ...settingsOf(answers), scenario, mode };
}

/** An empty answer is none. */
export const settingsOf = <A extends SettingOptions>({ start, language, voice, ...rest }: A) => ({
  ...rest,
  ...(start ? { start } : {}),
  ...(language ? { language } : {}),
  ...(voice ? { voice } : {}),
});

/**
 * @param draftId the draft that it is made of, which is one no more; null: it is of none
 * @throws UserError; then there is no campaign of it, and its draft is still one
 */
export async function createCampaign(
  context: Context,
  options: CreateOptions,
  draftId: number | null = null,
): Promise<Campaign> {
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
  const files = filesOf(sources);
  refuseNobodyNamed(texts, people, files.length + byHand.length);
  const store = await context.stores.campaigns();
  const channels = channelsThere(config);
  await clearName(context, settings.name, draftId);
  const created = await store.create({ ...settings, voice, loaded, mode, channels }, now);
  const enrolled = await enrolAndStart(
    context,
    created,
    { people, byHand, files },
    { answered: options.includeAnswered === true, again: options.again === true },
  );
  const { campaign, nextAt } = await store.detail(created.id);
  if (draftId !== null) await launched(context, draftId, campaign);
  if (config.sender.name === null && settings.sender === null)
    context.io.warn(
      'sender.name is empty in hector.yaml: e-mails and SMS will be held until it is filled in.',
    );
  if (context.json) printJson(context.io, { ...campaignJson(campaign), ...enrolled });
  else say(context, campaign, enrolled, { scenario: loaded.scenario, missing, nextAt });
  return campaign;
}

/**
 * Two of one name could neither be resumed nor told apart, and the answers of a draft are nobody's to take. What a launch
 * of this draft has left that was cut off is taken back.
 * @throws UserError also while another process launches it
 */
async function clearName(context: Context, name: string, draftId: number | null): Promise<void> {
  const draft = await (await context.stores.campaignDrafts()).find(name);
  const left = await (await context.stores.campaigns()).unfinished(name);
  if (left !== null && draft?.id !== draftId) throw unfinishedLaunch(name, draft !== null);
  if (draft !== null && draft.id !== draftId)
    throw usageError(
      printable(`a draft "${draft.answers.name}" exists already`),
      `hector campaign create --resume ${shellWord(draft.answers.name)} --yes`,
    );
  if (left !== null) await (await context.stores.campaignEnds()).discard(left);
}

async function launched(context: Context, draftId: number, { name }: Campaign): Promise<void> {
  await (await context.stores.campaignDrafts()).remove(draftId);
  context.io.note(printable(`Draft "${name}" is a campaign now.`));
}

function say(
  { io }: Context,
  campaign: Campaign,
  enrolled: EnrolResult,
  { scenario, missing, nextAt }: { scenario: Scenario; missing: string[]; nextAt: number | null },
): void {
  io.out(
    `Campaign "${campaign.name}" is ${campaign.status} with ${counted(enrolled.enrolled, 'person', 'people')}.`,
  );
  if (campaign.status === 'paused')
    io.note(`It was paused meanwhile, and stays so: hector campaign resume ${shellWord(campaign.name)}`);
  for (const line of leftOutLines(enrolled)) io.note(line);
  for (const line of capLines(campaign.caps, scenario)) io.note(line);
  io.note(modeLine(campaign, missing));
  if (nextAt !== null)
    io.note(`First touch: ${dateTimeIn(nextAt, campaign.timezone)} (${campaign.timezone})`);
  io.note(
    enrolled.enrolled === 0
      ? `Nobody is in it yet. Next: hector prospect import FILE --campaign ${shellWord(campaign.name)}`
      : 'Next: hector tick --dry-run, then hector tick',
  );
}
