import type { Config } from '../../config.ts';
import type { Calendar } from '../../engine/calendar.ts';
import { type CampaignMode, LANGUAGES, type Language } from '../../engine/model.ts';
import type { Scenario } from '../../engine/scenario.ts';
import type { Campaign } from '../../engine/snapshot.ts';
import { type Parsed, parseDays, parseHours, parseTimezone } from '../../engine/window.ts';
import { usageError } from '../../errors.ts';

export type CampaignSettings = Pick<
  Campaign,
  'name' | 'objective' | 'language' | 'timezone' | 'window' | 'startAt'
>;

export interface SettingOptions {
  name: string;
  timezone?: string | undefined;
  days?: string | undefined;
  hours?: string | undefined;
  start?: string | undefined;
  objective?: string | undefined;
  language?: string | undefined;
}

/** What was typed, else what hector.yaml says. Bad values are usage errors that name the flag. */
export function settingsFrom(
  options: SettingOptions,
  config: Config,
  now: number,
  calendar: Pick<Calendar, 'startOfDate'>,
): CampaignSettings {
  const name = options.name.trim();
  if (name === '' || name.length > 80 || /\p{Cc}/u.test(name))
    throw usageError('a campaign name has 1 to 80 characters on one line', 'hector campaign create --help');
  const timezone =
    options.timezone === undefined ? config.timezone : flag('--timezone', parseTimezone(options.timezone));
  const days = options.days === undefined ? config.window.days : flag('--days', parseDays(options.days));
  const hours = options.hours === undefined ? config.window : flag('--hours', parseHours(options.hours));
  return {
    name,
    objective: options.objective?.trim() || null,
    language: options.language === undefined ? config.language : language(options.language),
    timezone,
    window: { days, from: hours.from, to: hours.to },
    startAt: options.start === undefined ? now : startDate(options.start, timezone, calendar),
  };
}

function flag<T>(name: string, parsed: Parsed<T>): T {
  if (!parsed.ok) throw usageError(`${name}: ${parsed.problem}`, 'hector campaign create --help');
  return parsed.value;
}

function language(text: string): Language {
  const found = LANGUAGES.find((each) => each === text.toLowerCase());
  if (!found)
    throw usageError(
      `--language: "${text}" is no language hector writes; allowed: ${LANGUAGES.join(', ')}`,
      'hector campaign create --help',
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
  throw usageError(
    `--start: "${text}" is no date; allowed: 2026-12-01 or 01/12/2026`,
    'hector campaign create --help',
  );
}

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
