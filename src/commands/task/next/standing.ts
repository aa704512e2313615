import type { Context } from '../../../context.ts';
import {
  type Acceptance,
  acceptanceOf,
  acceptanceSpan,
} from '../../../engine/linkedin-session/acceptance.ts';
import {
  type InvitationRoom,
  invitationRoom,
  weekStart,
} from '../../../engine/linkedin-session/invitations.ts';
import type { LinkedinSessionStore } from '../../../engine/ports/linkedin-session.ts';
import type { Offer } from '../../../engine/ports/tasks.ts';
import { dateTimeIn } from '../../../io/time.ts';

/** What may be offered now, and why not all of it. */
export interface Standing {
  offer: Offer;
  room: InvitationRoom;
  acceptance: Acceptance;
  /** Why no invitation is offered, a line each. */
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
  const [calendar, { linkedin, timezone }] = await Promise.all([context.calendar(), context.config()]);
  const rules = { calendar, zone: timezone, caps: linkedin.invitations, ramp: linkedin.ramp };
  const span = acceptanceSpan(now);
  const [sent, counted] = await Promise.all([
    look.invitations(weekStart(now, rules)),
    look.acceptance(span.from, span.to),
  ]);
  const room = invitationRoom(sent, rules, now);
  const acceptance = acceptanceOf(counted);
  const refusals = [
    ...(room.againAt === null ? [] : [fullLine(room, room.againAt, timezone)]),
    ...(acceptance.isTooLow && !anyway ? [lowLine(acceptance)] : []),
  ];
  const offer: Offer = { campaign, channel: 'linkedin', invitations: refusals.length === 0 };
  return { offer, room, acceptance, refusals };
}

/** `12 of 100 in seven days, 3 of 20 today` */
export const roomText = ({ week, day }: InvitationRoom): string =>
  [
    `${week.used}${week.cap === null ? '' : ` of ${week.cap}`} in seven days`,
    `${day.used}${day.cap === null ? '' : ` of ${day.cap}`} today`,
  ].join(', ');

const fullLine = (room: InvitationRoom, againAt: number, zone: string): string =>
  `Invitations: ${roomText(room)}. No more before ${dateTimeIn(againAt, zone).slice(0, -6)}; messages go on.`;

const lowLine = ({ sent, accepted, share }: Acceptance): string =>
  `Invitations are paused: ${accepted} of ${sent} sent 7 to 60 days ago were accepted (${percent(share)}, less than 30 %). Messages go on; invitations as well: hector task next --anyway`;

export const percent = (share: number | null): string =>
  share === null ? '-' : `${Math.floor(share * 100)} %`;
