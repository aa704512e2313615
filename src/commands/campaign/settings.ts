import { isAbsolute, relative } from 'node:path';
import type { Config } from '../../config.ts';
import type { Context } from '../../context.ts';
import type { Calendar } from '../../engine/dates/calendar.ts';
import { parseDaysOff } from '../../engine/dates/days-off.ts';
import { type Parsed, parseDays, parseHours, parseTimezone } from '../../engine/dates/window.ts';
import { parseCampaignCaps } from '../../engine/limits/campaign-caps.ts';
import {
  type Approval,
  type CampaignMode,
  type Channel,
  LANGUAGES,
  type Language,
} from '../../engine/model.ts';
import type { Campaign } from '../../engine/plan/snapshot.ts';
import { isExample } from '../../engine/ports/voices.ts';
import type { Scenario } from '../../engine/scenario/scenario.ts';
import { shellWord } from '../../engine/shell-word.ts';
import { parseSender } from '../../engine/texts/mailbox.ts';
import { usageError } from '../../errors.ts';
import { printable } from '../../io.ts';

export type CampaignSettings = Pick<
  Campaign,
  'name' | 'objective' | 'language' | 'timezone' | 'window' | 'startAt' | 'approval' | 'caps' | 'sender'
>;

const CREATE_HELP = 'hector campaign create --help';

export interface SettingOptions {
  name: string;
  timezone?: string | undefined;
  days?: string | undefined;
  hours?: string | undefined;
  daysOff?: string | undefined;
  start?: string | undefined;
  objective?: string | undefined;
  language?: string | undefined;
  approval?: Approval | undefined;
  voice?: string | undefined;
  /** Such as `email=40 invitation=10`. */
  caps?: string | undefined;
  /** Such as `Claire Martin <claire@ads.example>`. */
  sender?: string | undefined;
}

/** What was typed, else what hector.yaml says. Bad values are usage errors that name the flag. */
export function settingsFrom(
  options: SettingOptions,
  config: Config,
  now: number,
  calendar: Pick<Calendar, 'startOfDate'>,
): CampaignSettings {
  const { timezone, window } = hoursFrom(options, config, CREATE_HELP);
  return {
    name: campaignName(options.name, CREATE_HELP),
    objective: options.objective?.trim() || null,
    language: options.language === undefined ? config.language : language(options.language),
    timezone,
    window,
    approval: options.approval ?? 'off',
    ...sendingFrom(options, { caps: {}, sender: null }, CREATE_HELP),
    startAt: options.start === undefined ? now : startDate(options.start, timezone, calendar),
  };
}

/**
 * A voice as every tick finds it, wherever it is started from: its name, or its file as seen from the workspace. Null:
 * that of hector.yaml.
 * @throws UserError where it cannot be loaded
 */
export async function voiceFrom(context: Context, typed: string | undefined): Promise<string | null> {
  const reference = typed?.trim();
  if (!reference) return null;
  const found = await (await context.voices()).load(reference);
  if (isExample(found))
    throw usageError(
      `--voice: "${reference}" is the example of an invented firm: make it yours first`,
      `hector voice copy ${shellWord(reference)}`,
    );
  const { file } = found;
  if (!/\/|\.ya?ml$/.test(reference)) return reference;
  const { root } = context.workspace();
  const inside = relative(root, file);
  return inside.startsWith('..') || isAbsolute(inside) ? file : inside;
}

/** What was typed, else what stands. @param help the command that says what is allowed */
export function hoursFrom(
  options: Pick<SettingOptions, 'timezone' | 'days' | 'hours' | 'daysOff'>,
  standing: Pick<Campaign, 'timezone' | 'window'>,
  help: string,
): Pick<Campaign, 'timezone' | 'window'> {
  const read = reader(help);
  const { timezone, window } = standing;
  const days = read('--days', options.days, parseDays, window.days);
  const { from, to } = read('--hours', options.hours, parseHours, window);
  const daysOff = read('--days-off', options.daysOff, parseDaysOff, window.daysOff);
  return {
    timezone: read('--timezone', options.timezone, parseTimezone, timezone),
    window: { days, from, to, daysOff },
  };
}

/** The same of who sends, and how much a day. */
export function sendingFrom(
  options: Pick<SettingOptions, 'caps' | 'sender'>,
  standing: Pick<Campaign, 'caps' | 'sender'>,
  help: string,
): Pick<Campaign, 'caps' | 'sender'> {
  const read = reader(help);
  return {
    caps: read('--caps', options.caps, parseCampaignCaps, standing.caps),
    sender: read('--sender', options.sender, parseSender, standing.sender),
  };
}

const reader =
  (help: string) =>
  <T>(flag: string, typed: string | undefined, parse: (text: string) => Parsed<T>, otherwise: T): T => {
    if (typed === undefined) return otherwise;
    const parsed = parse(typed);
    if (!parsed.ok) throw usageError(printable(`${flag}: ${parsed.problem}`), help);
    return parsed.value;
  };

export function campaignName(typed: string, help: string): string {
  const name = typed.trim();
  // A shell could type it in quotes only, and each command would take it for an option.
  if (name.startsWith('-'))
    throw usageError(printable(`the name of a campaign does not begin with a dash: "${name}"`), help);
  if (name !== '' && name.length <= 80 && !/\p{Cc}/u.test(name)) return name;
  throw usageError('a campaign name has 1 to 80 characters on one line', help);
}

function language(text: string): Language {
  const found = LANGUAGES.find((each) => each === text.toLowerCase());
  if (!found)
    throw usageError(
      `--language: "${text}" is no language hector writes; allowed: ${LANGUAGES.join(', ')}`,
      CREATE_HELP,
    );
  return found;
}

const START_FORMS = [
  /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})$/,
  /^(?<day>\d{2})\/(?<month>\d{2})\/(?<year>\d{4})$/,
];

/** The beginning of that day in the campaign's zone; the window decides the hour. */
function startDate(text: string, timezone: string, calendar: Pick<Calendar, 'startOfDate'>): number {
  for (const form of START_FORMS) {
    const groups = form.exec(text.trim())?.groups;
    const at = groups && calendar.startOfDate(`${groups.year}-${groups.month}-${groups.day}`, timezone);
    if (typeof at === 'number') return at;
  }
  throw usageError(`--start: "${text}" is no date; allowed: 2026-12-01 or 01/12/2026`, CREATE_HELP);
}

/** Channels that can be used for real today; LinkedIn by a person. */
export const channelsThere = ({ email, sms }: Config): Channel[] => [
  'linkedin',
  ...(email.provider === 'outbox' ? [] : (['email'] as const)),
  ...(sms.provider === 'outbox' ? [] : (['sms'] as const)),
];

export type ModeChoice = 'auto' | 'live' | 'rehearsal';

/**
 * A campaign with a channel that has no provider yet is a rehearsal as a whole: half of it going out for real
 * would surprise everybody.
 */
export function chooseMode(
  choice: ModeChoice,
  scenario: Scenario,
  config: Config,
): { mode: CampaignMode; missing: string[] } {
  const used = new Set(scenario.steps.flatMap((step) => [step.channel, ...step.fallback, ...step.also]));
  const uses = (channel: 'email' | 'sms') => used.has(channel) || used.has('auto');
  const missing = [
    ...(uses('email') && config.email.provider === 'outbox' ? ['e-mail'] : []),
    ...(uses('sms') && config.sms.provider === 'outbox' ? ['SMS'] : []),
  ];
  const mode = choice === 'auto' ? (missing.length > 0 ? 'rehearsal' : 'live') : choice;
  return { mode, missing };
}
