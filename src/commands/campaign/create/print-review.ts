import type { Config } from '../../../config.ts';
import type { Context } from '../../../context.ts';
import type { Calendar } from '../../../engine/dates/calendar.ts';
import {
  byChannel,
  daysOf,
  type ForecastDay,
  LINKEDIN_MINUTES,
  linkedinWork,
  usedChannels,
} from '../../../engine/forecast/summary.ts';
import { lanesOf } from '../../../engine/limits/lanes.ts';
import { CHANNELS, type Channel } from '../../../engine/model.ts';
import { LEFT_OUT } from '../../../engine/ports/campaigns.ts';
import { shellWord } from '../../../engine/shell-word.ts';
import { printTable } from '../../../io/table.ts';
import { wrapped } from '../../../io/wrap.ts';
import { printable } from '../../../io.ts';
import { counted } from '../../counted.ts';
import { stateOf } from '../../init/missing.ts';
import { dollars } from '../../money.ts';
import { modeLine } from '../print.ts';
import type { Costs } from './costs.ts';
import { dayText } from './day-text.ts';
import { nameOf } from './previews.ts';
import { cappedLine, heldWithoutSender, lacksSender, settingLines } from './print-settings.ts';
import type { Review } from './review.ts';
import { MOST_FORESEEN, namesPeople } from './roster.ts';
import { shortfallLine } from './shortfalls.ts';

/** Everything but the previews. */
export async function printReview(context: Context, review: Review, costs: Costs): Promise<void> {
  const { io } = context;
  const { campaign, missing } = review;
  const line = (text: string): void => {
    for (const part of wrapped(printable(text), io.width)) io.out(part);
  };
  io.out(io.color.bold(printable(campaign.name)));
  const config = await context.config();
  const calendar = await context.calendar();
  for (const text of settingLines(config, review, calendar)) line(text);
  line(modeLine(campaign, missing));
  for (const problem of lacking(config, review)) line(problem);
  io.out('');
  printPeople(review, line);
  io.out('');
  await printCalendar(context, review);
  const held = heldWithoutSender(config, review);
  if (held > 0)
    line(`${held} of these touches, e-mails and SMS, would be held: nobody is named as their sender.`);
  printWork(review, costs, calendar, line);
}

/** Said plainly, however little is there. */
function lacking(config: Config, { answers, campaign, selection, missing, problems }: Review): string[] {
  const { channels, texts } = stateOf(config);
  const keys = missing.map((name) => {
    const channel = name === 'SMS' ? channels.sms : channels.email;
    return `Missing for real ${name === 'SMS' ? name : 'e-mails'}: ${channel.missing.join(', ') || 'a provider'}.`;
  });
  return [
    ...keys,
    ...problems.map((problem) => `Held until it is mended: ${problem}.`),
    ...(lacksSender(config, { campaign })
      ? ['No sender: sender.name is empty in hector.yaml, and none is named for this campaign.']
      : []),
    ...(texts.by === 'template'
      ? ['Texts by template: Claude is not asked (no ANTHROPIC_API_KEY, or ai.provider is off).']
      : []),
    ...(selection.count === 0 ? [emptyLine(campaign.name, namesPeople(answers))] : []),
  ];
}

const emptyLine = (name: string, named: boolean): string =>
  named
    ? 'Nobody of those who were named can be enrolled, so it cannot be launched: choose others in step 3.'
    : `Nobody is in it: once it is launched, hector prospect import FILE --campaign ${shellWord(name)}`;

function printPeople({ selection, loaded }: Review, line: (text: string) => void): void {
  const { count: inside, out, refused, shortfalls } = selection;
  const answers = Math.round((loaded.scenario.expected_reply_rate ?? 0) * inside);
  line(
    `In: ${counted(inside, 'person', 'people')}${sample(selection.first.slice(0, 3).map(nameOf), inside)}`,
  );
  for (const [reason, { count, first }] of out)
    line(`Out: ${count} ${LEFT_OUT[reason]}${sample(first.map(nameOf), count)}`);
  if (refused > 0) line(`Out: ${counted(refused, 'row')} of lists that an import refuses`);
  for (const shortfall of shortfalls) line(shortfallLine(shortfall));
  if (answers >= 1) line(`Answers to expect: about ${answers}`);
}

const sample = (names: readonly string[], all: number): string =>
  names.length === 0 ? '' : `: ${names.join(', ')}${all > names.length ? ' ...' : ''}`;

/** What fits a screen; a campaign of months goes on in weeks. */
const MOST_DAYS = 31;

async function printCalendar(context: Context, review: Review): Promise<void> {
  const { accepted, ignored, campaign, selection } = review;
  const { io } = context;
  const calendar = await context.calendar();
  const days = daysOf(accepted, calendar, campaign.timezone);
  if (days.length === 0) return io.out('No touch at all.');
  const used = usedChannels(accepted.touches);
  if (selection.count > MOST_FORESEEN) io.out(`Touches and costs of the first ${MOST_FORESEEN} people:`);
  await printTable(
    io,
    [
      { header: 'Day', value: (day: ForecastDay) => dayText(day.date), whole: true },
      ...used.map((channel) => ({
        header: CHANNEL_NAMES[channel],
        align: 'right' as const,
        value: (day: ForecastDay) => cell(day, channel),
      })),
      {
        header: 'All',
        align: 'right',
        value: (day) => CHANNELS.reduce((sum, each) => sum + day.channels[each], 0),
      },
    ],
    days.slice(0, MOST_DAYS),
  );
  const more = days.slice(MOST_DAYS);
  const last = days.at(-1);
  if (last && more.length > 0)
    io.out(`... and ${counted(more.length, 'day')} more, until ${dayText(last.date)}`);
  for (const text of [...assumptions(accepted, ignored, used), ...cappedLine(review, calendar)])
    for (const part of wrapped(text, io.width)) io.out(part);
}

const CHANNEL_NAMES: Record<Channel, string> = { linkedin: 'LinkedIn', email: 'E-mail', sms: 'SMS' };

const cell = ({ channels, invitations }: ForecastDay, channel: Channel): string => {
  const touches = channels[channel];
  if (touches === 0) return '';
  return channel === 'linkedin' && invitations > 0 ? `${touches} (${invitations} inv.)` : String(touches);
};

function assumptions(
  accepted: Review['accepted'],
  ignored: Review['ignored'],
  used: readonly Channel[],
): string[] {
  const [yes, no] = [byChannel(accepted.touches), byChannel(ignored.touches)];
  const texts = [
    'Assumed: nobody answers, every invitation is accepted, LinkedIn texts are pasted and approvals given the same day, a tick at least every hour, and no other campaign takes room from the caps.',
  ];
  const other = used.filter((channel) => no[channel] !== yes[channel]);
  if (other.length > 0)
    texts.push(
      `If no invitation is accepted: ${other.map((channel) => `${CHANNEL_NAMES[channel]} ${no[channel]} instead of ${yes[channel]}`).join(', ')}.`,
    );
  if (accepted.unfinished > 0)
    texts.push(
      `${counted(accepted.unfinished, 'person', 'people')} would not be through within two years: the caps are low for so many.`,
    );
  return texts;
}

function printWork(
  { accepted, campaign, loaded }: Review,
  { sms, claude }: Costs,
  calendar: Calendar,
  line: (text: string) => void,
): void {
  const work = linkedinWork(daysOf(accepted, calendar, campaign.timezone));
  if (work)
    line(
      `LinkedIn by hand: ${minutes(work.usual)} a day${minutes(work.most) === minutes(work.usual) ? '' : `, ${minutes(work.most)} on the busiest`} (${LINKEDIN_MINUTES} minutes a text).`,
    );
  if (sms) line(`${smsLine(sms)}${campaign.mode === 'rehearsal' ? ' Nothing in a rehearsal.' : ''}`);
  else if (lanesOf(loaded.scenario).includes('sms')) line('SMS: none.');
  if (claude !== null) line(`Claude: about ${dollars(claude)} for all texts.`);
}

function smsLine({ touches, segments, price, assumed }: NonNullable<Costs['sms']>): string {
  const each = assumed
    ? `assumed: ${dollars(price)} a segment; sms.price in hector.yaml says yours`
    : `${dollars(price)} a segment`;
  return `SMS: ${touches}, ${counted(segments, 'segment')}, about ${dollars(segments * price)} (${each}).`;
}

const minutes = (count: number): string => `about ${Math.ceil(count)} min`;
