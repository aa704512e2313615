import type { Config } from '../../../config.ts';
import type { Calendar } from '../../../engine/dates/calendar.ts';
import { daysOffText } from '../../../engine/dates/days-off.ts';
import type { LaneRoom } from '../../../engine/forecast/rooms.ts';
import { byChannel, daysOf, type ForecastDay } from '../../../engine/forecast/summary.ts';
import { lanesOf } from '../../../engine/limits/lanes.ts';
import { CHANNELS } from '../../../engine/model.ts';
import { mailboxOf } from '../../../engine/texts/mailbox.ts';
import { counted } from '../../counted.ts';
import { approvalLine, capLines, windowLine } from '../print.ts';
import { dayText } from './day-text.ts';
import type { Review } from './review.ts';

/** What was answered, as it would hold; of what few campaigns need, only what was said. */
export function settingLines(config: Config, review: Review, calendar: Pick<Calendar, 'dateOf'>): string[] {
  const { answers, campaign, loaded } = review;
  const { daysOff } = campaign.window;
  return [
    `Scenario: ${loaded.scenario.name} (${loaded.scenario.slug})`,
    `Hours: ${windowLine(campaign)}${daysOff.length > 0 ? `, not on ${daysOffText(daysOff)}` : ''}`,
    ...(answers.start ? [`First day: ${dayText(calendar.dateOf(campaign.startAt, campaign.timezone))}`] : []),
    ...(answers.language ? [`Language: ${campaign.language}`] : []),
    ...senderLine(config, review),
    `Approval: ${approvalLine(campaign)}`,
    ...(campaign.voice === null ? [] : [`Voice: ${campaign.voice}`]),
    ...takenLine('People who answered in an earlier campaign', answers.includeAnswered),
    ...takenLine('People who have had this scenario before', answers.again),
    capsLine(review),
    ...capLines(campaign.caps, loaded.scenario),
  ];
}

const takenLine = (people: string, taken: boolean | undefined): string[] =>
  taken === undefined ? [] : [`${people}: ${taken ? 'taken, too' : 'left out'}`];

/** Without one, templates have nobody to sign with. */
export const lacksSender = ({ sender }: Config, { campaign }: Pick<Review, 'campaign'>): boolean =>
  sender.name === null && campaign.sender === null;

/** How many e-mails and SMS of the calendar, which is reckoned as if there were a sender, would be held. */
export function heldWithoutSender(config: Config, review: Review): number {
  const { email, sms } = byChannel(review.accepted.touches);
  return lacksSender(config, review) ? email + sms : 0;
}

function senderLine({ sender }: Config, { campaign }: Review): string[] {
  if (campaign.sender !== null) return [`Sender: ${mailboxOf(campaign.sender)}`];
  if (sender.name === null) return [];
  const own = sender.email === null ? sender.name : `${sender.name} <${sender.email}>`;
  return [`Sender: ${own} (hector.yaml)`];
}

function capsLine({ campaign: { mode }, rooms: all, loaded }: Review): string {
  const used = lanesOf(loaded.scenario);
  const rooms = all.filter(({ lane }) => used.includes(lane));
  const caps = rooms.flatMap((room) => capText(room) ?? []);
  const ramp = rooms.some(({ caps: { day }, ramp }) => day !== null && ramp.length > 0);
  const text = `${caps.join(', ') || 'none'}${ramp ? '; less while the ramp lasts' : ''}`;
  return mode === 'live'
    ? `Touches a day at most: ${text}.`
    : `Touches a day at most, live: ${text}. A rehearsal has no caps: the calendar below is without.`;
}

/** The smaller of the two holds. */
function capText({ lane, caps: { day }, campaign }: LaneRoom): string | null {
  if (campaign !== null && (day === null || campaign <= day)) return `${lane} ${campaign} (this campaign)`;
  return day === null ? null : `${lane} ${day} (hector.yaml)`;
}

/** What the caps would make of a rehearsal's calendar; nothing where they change nothing. */
export function cappedLine(
  { accepted, capped, campaign }: Review,
  calendar: Pick<Calendar, 'dateOf'>,
): string[] {
  if (capped === null) return [];
  const [free, held] = [accepted, capped].map((each) => daysOf(each, calendar, campaign.timezone));
  const [end, heldEnd] = [free?.at(-1), held?.at(-1)];
  if (!free || !held || !end) return [];
  const sentences: string[] = [];
  if (most(held) !== most(free))
    sentences.push(
      `Live, its caps allow at most ${counted(most(held), 'touch', 'touches')} on the busiest day instead of ${most(free)}.`,
    );
  if (heldEnd && heldEnd.date !== end.date)
    sentences.push(
      `${sentences.length > 0 ? 'The last one' : 'Live, with its caps, the last touch'} goes out on ${dayText(heldEnd.date)} instead of ${dayText(end.date)}.`,
    );
  if (capped.unfinished > 0)
    sentences.push(
      `With its caps, ${counted(capped.unfinished, 'person', 'people')} would not be through within two years.`,
    );
  return sentences.length === 0 ? [] : [sentences.join(' ')];
}

const most = (days: readonly ForecastDay[]): number =>
  Math.max(0, ...days.map(({ channels }) => CHANNELS.reduce((sum, each) => sum + channels[each], 0)));
