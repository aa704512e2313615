import { daysOffText, parseDaysOff } from '../../../engine/dates/days-off.ts';
import { daysText, hoursText } from '../../../engine/dates/window.ts';
import { parseCampaignCaps } from '../../../engine/limits/campaign-caps.ts';
import type { Approval } from '../../../engine/model.ts';
import type { CampaignAnswers } from '../../../engine/ports/campaign-drafts.ts';
import { usageError } from '../../../errors.ts';
import { capLines } from '../print.ts';
import { type SettingOptions, settingsFrom, voiceFrom } from '../settings.ts';
import { askChoice, askLine, askOptional } from './ask.ts';
import type { Question } from './question.ts';
import type { Wizard } from './wizard.ts';

/** Step 4. */
export const SETTING_QUESTIONS: readonly Question[] = [
  { step: 4, gives: 'days', ask: required('days', 'Days', ({ config }) => daysText(config.window.days)) },
  { step: 4, gives: 'hours', ask: required('hours', 'Hours', ({ config }) => hoursText(config.window)) },
  { step: 4, gives: 'timezone', ask: required('timezone', 'Time zone', ({ config }) => config.timezone) },
  {
    step: 4,
    gives: 'caps',
    ask: askCaps,
  },
  { step: 4, gives: 'sender', ask: askSender },
  { step: 4, gives: 'approval', ask: askApproval },
  { step: 4, gives: 'mode', ask: askMode },
  { step: 4, gives: 'voice', ask: askMore },
];

type Field = 'days' | 'hours' | 'timezone' | 'caps' | 'sender' | 'start' | 'language';

/** As `campaign create` would take it. */
async function accept(wizard: Wizard, answer: Partial<SettingOptions>): Promise<void> {
  const { context, config } = wizard;
  settingsFrom({ name: 'x', ...answer }, config, context.now(), await context.calendar());
}

function required(field: Field, message: string, usual: (wizard: Wizard) => string): Question['ask'] {
  return async (wizard) => {
    const answer = await askLine(wizard.context, message, {
      standing: wizard.answers[field] ?? usual(wizard),
      check: (typed) => accept(wizard, { [field]: typed }),
    });
    if (answer === null) return false;
    await wizard.keep({ [field]: answer });
    return true;
  };
}

function optional(field: Field, message: string): Question['ask'] {
  return async (wizard) => {
    const answer = await askOptional(wizard.context, message, {
      standing: wizard.answers[field] ?? '',
      check: (typed) => accept(wizard, { [field]: typed }),
    });
    if (answer === null) return false;
    await wizard.keep({ [field]: answer });
    return true;
  };
}

/** Who signs and sends, where it is not the one of hector.yaml; false: back. */
export function askSender(wizard: Wizard): Promise<boolean> {
  return optional('sender', 'Sender, such as "Claire Martin <claire@ads.example>"')(wizard);
}

/** A cap that closes a channel, or holds nothing, is said where it is typed. */
async function askCaps(wizard: Wizard): Promise<boolean> {
  const question = 'Touches a day at most, such as "email=40 invitation=10"';
  if (!(await optional('caps', question)(wizard))) return false;
  const { context, answers } = wizard;
  const parsed = parseCampaignCaps(answers.caps ?? '');
  if (!parsed.ok || answers.scenario === undefined || Object.keys(parsed.value).length === 0) return true;
  const { scenario } = await (await context.library()).load(answers.scenario);
  for (const line of capLines(parsed.value, scenario)) context.io.warn(line);
  return true;
}

const APPROVALS: readonly { name: string; value: Approval }[] = [
  { name: 'off: texts go out as they are written', value: 'off' },
  { name: 'first: the first text to each person waits for approval', value: 'first' },
  { name: 'ai: texts by Claude wait for a person', value: 'ai' },
  { name: 'all: each text waits for a person', value: 'all' },
];

async function askApproval(wizard: Wizard): Promise<boolean> {
  const standing = wizard.answers.approval ?? 'off';
  const approval = await askChoice(wizard.context, 'Approval', APPROVALS, standing);
  if (approval === null) return false;
  await wizard.keep({ approval });
  return true;
}

type Mode = NonNullable<CampaignAnswers['mode']>;

const MODES: readonly { name: string; value: Mode }[] = [
  { name: 'live where every channel has its keys, else a rehearsal', value: 'auto' },
  { name: 'rehearsal: nothing leaves this machine', value: 'rehearsal' },
  { name: 'live: channels without a provider are passed over', value: 'live' },
];

async function askMode(wizard: Wizard): Promise<boolean> {
  const mode = await askChoice(wizard.context, 'Sending', MODES, wizard.answers.mode ?? 'auto');
  if (mode === null) return false;
  await wizard.keep({ mode });
  return true;
}

/** What few campaigns need: asked for only where it is wanted. */
const MORE: readonly Question['ask'][] = [
  askVoice,
  askDaysOff,
  optional('start', 'First day, such as 01/12/2026'),
  optional('language', 'Language, fr or en'),
  takenToo('includeAnswered', 'People who answered in an earlier campaign'),
  takenToo('again', 'People who have had this scenario before'),
];

async function askMore(wizard: Wizard): Promise<boolean> {
  const { voice, daysOff, start, language, includeAnswered, again } = wizard.answers;
  const said = [voice, daysOff, start, language, includeAnswered, again].some(Boolean);
  const more = await askChoice(
    wizard.context,
    'Voice, days off, first day, language, people of earlier campaigns',
    [
      { name: 'as usual', value: 'no' },
      { name: 'ask me', value: 'yes' },
    ],
    said ? 'yes' : 'no',
  );
  if (more === null) return false;
  if (more === 'no') {
    await wizard.keep({ voice: voice ?? '' });
    return true;
  }
  for (let index = 0; index < MORE.length; ) {
    index += (await MORE[index]?.(wizard)) ? 1 : -1;
    if (index < 0) return askMore(wizard);
  }
  return true;
}

async function askVoice(wizard: Wizard): Promise<boolean> {
  const voice = await askOptional(wizard.context, 'Voice, a file or a name', {
    standing: wizard.answers.voice ?? '',
    check: (typed) => voiceFrom(wizard.context, typed),
  });
  if (voice === null) return false;
  await wizard.keep({ voice });
  return true;
}

async function askDaysOff(wizard: Wizard): Promise<boolean> {
  const { context, config, answers } = wizard;
  const daysOff = await askOptional(context, 'Days off, such as 2026-12-24..2027-01-02', {
    standing: answers.daysOff ?? daysOffText(config.window.daysOff),
    check(typed) {
      const parsed = parseDaysOff(typed);
      if (!parsed.ok) throw usageError(parsed.problem);
    },
  });
  if (daysOff === null) return false;
  await wizard.keep({ daysOff });
  return true;
}

function takenToo(key: 'includeAnswered' | 'again', people: string): Question['ask'] {
  return async (wizard) => {
    const answer = await askChoice(
      wizard.context,
      people,
      [
        { name: 'leave them out', value: 'no' },
        { name: 'take them, too', value: 'yes' },
      ],
      wizard.answers[key] ? 'yes' : 'no',
    );
    if (answer === null) return false;
    await wizard.keep({ [key]: answer === 'yes' });
    return true;
  };
}
