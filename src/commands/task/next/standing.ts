import type { Context } from '../../../context.ts';
import {
  type Acceptance,
  acceptanceOf,
  acceptanceSpan,
} from '../../../engine/linkedin-session/acceptance.ts';
import {
  type FullCampaign,
  fullCampaigns,
  type LinkedinRoom,
  linkedinRoom,
  weekStart,
} from '../../../engine/linkedin-session/room.ts';
import type { LinkedinSessionStore, QueueLine } from '../../../engine/ports/linkedin-session.ts';
import type { Offer } from '../../../engine/ports/tasks.ts';
import { dateTimeIn } from '../../../io/time.ts';
import { printable } from '../../../io.ts';
import { counted } from '../../counted.ts';

/** What may be offered now, and why not all of it. */
export interface Standing {
  offer: Offer;
  /** Of the caps of invitations. */
  invitations: LinkedinRoom;
  acceptance: Acceptance;
  /** Nothing that waits would really be sent: no cap says anything of it. */
  onlyRehearsals: boolean;
  /** Why something is not offered, a line each. */
  refusals: string[];
}

interface Asked {
  context: Context;
  look: LinkedinSessionStore;
  campaign: string | null;
  anyway: boolean;
}

/** From the ledger, each time anew: another program, or another person, may have sent some as well. */
export async function standingOf({ context, look, campaign, anyway }: Asked): Promise<Standing> {
  const now = context.now();
  const { timezone } = await context.config();
  const { invitations, messages, full, today } = await roomsOf(context, look);
  const span = acceptanceSpan(now);
  const acceptance = acceptanceOf(await look.acceptance(span.from, span.to));
  const tooFew = acceptance.isTooLow && !anyway;
  const offer: Offer = {
    ...{ campaign, channel: 'linkedin', full, untouchedSince: today },
    invitations: invitations.againAt === null && !tooFew,
    messages: messages.againAt === null,
  };
  const everything: Offer = { ...offer, invitations: true, messages: true, full: [], untouchedSince: null };
  const [waiting, untouched, touched] = await Promise.all([
    look.queue(everything, now),
    look.queue(offer, now),
    look.queue({ ...offer, untouchedSince: null }, now),
  ]);
  const onlyRehearsals = waiting.length > 0 && waiting.every(({ mode }) => mode === 'rehearsal');
  const capLines = [
    ...fullLine('Invitations', invitations, timezone, 'messages go on.'),
    ...(tooFew ? [lowLine(acceptance)] : []),
    ...fullLine('Messages', messages, timezone, 'invitations go on.'),
  ];
  const refusals = [
    ...(onlyRehearsals ? [] : capLines),
    ...full.filter((each) => isWaiting(each, waiting)).map(campaignLine),
    ...(countOf(touched) > countOf(untouched)
      ? ['Who had a touch today, by whatever campaign, is offered again tomorrow.']
      : []),
  ];
  return { offer, invitations, acceptance, onlyRehearsals, refusals };
}

/** The caps of who sends, and of each campaign. */
async function roomsOf(context: Context, look: LinkedinSessionStore) {
  const now = context.now();
  const [calendar, { linkedin, timezone: zone }] = await Promise.all([context.calendar(), context.config()]);
  const { sends, firstAt } = await look.sent(weekStart(now, { calendar, zone }));
  const roomOf = (invitation: boolean): LinkedinRoom => {
    const caps = invitation ? linkedin.invitations : linkedin.messages;
    const sentAt = sends.filter((each) => each.invitation === invitation).map(({ at }) => at);
    return linkedinRoom({ sentAt, firstAt }, { calendar, zone, caps, ramp: linkedin.ramp }, now);
  };
  const today = calendar.startOfDay(now, zone);
  const own = await (await context.stores.ticks()).ownLimits();
  const full = fullCampaigns(own, sends, today);
  return { invitations: roomOf(true), messages: roomOf(false), full, today };
}

/** `12 of 100 in seven days, 3 of 20 today` */
export const roomText = ({ week, day }: LinkedinRoom): string =>
  [
    `${week.used}${week.cap === null ? '' : ` of ${week.cap}`} in seven days`,
    `${day.used}${day.cap === null ? '' : ` of ${day.cap}`} today`,
  ].join(', ');

const fullLine = (what: string, room: LinkedinRoom, zone: string, others: string): string[] =>
  room.againAt === null
    ? []
    : [
        `${what}: ${roomText(room)}. No more before ${dateTimeIn(room.againAt, zone).slice(0, -6)}; ${others}`,
      ];

const lowLine = ({ sent, accepted, share }: Acceptance): string =>
  `Invitations are paused: ${accepted} of ${sent} sent 7 to 60 days ago were accepted (${percent(share)}, less than 30 %). Messages go on; invitations as well: hector task next --anyway`;

const campaignLine = ({ name, invitation, used, cap }: FullCampaign): string =>
  `${printable(name)}: ${used} of ${counted(cap, invitation ? 'invitation' : 'message')} today, the cap of the campaign. The others are offered tomorrow.`;

const isWaiting = ({ name, invitation }: FullCampaign, waiting: readonly QueueLine[]): boolean =>
  waiting.some(
    (line) =>
      line.campaign === name && line.mode === 'live' && (invitation ? line.invitations : line.messages) > 0,
  );

const countOf = (lines: readonly QueueLine[]): number =>
  lines.reduce((sum, { invitations, messages }) => sum + invitations + messages, 0);

export const percent = (share: number | null): string =>
  share === null ? '-' : `${Math.floor(share * 100)} %`;
