import type { Calendar } from '../dates/calendar.ts';
import type { Channel, MessageKind } from '../model.ts';
import type { Campaign } from '../plan/snapshot.ts';
import type { OwnLimits, SenderStore } from '../ports/ticks.ts';
import type { Room, Used } from './capacity.ts';
import { type Caps, capsOn, isCapped, type Lane, laneOf, type RampPoint, WEEK_DAYS } from './caps.ts';
import { campaignAsSender, senderOn } from './sender.ts';

/** The caps of the one who sends on a lane. */
interface LaneLimit {
  lane: Lane;
  channel: Channel;
  sender: string;
  caps: Caps;
  /** Empty: no ramp. */
  ramp: readonly RampPoint[];
}

export interface Limits {
  /** Whose midnight ends a day of the caps: the workspace's time zone. */
  zone: string;
  /** Of the sender of the workspace; the address of a campaign has the same for itself. */
  lanes: readonly LaneLimit[];
}

interface Reading {
  limits: Limits;
  store: Pick<SenderStore, 'ownLimits' | 'usage' | 'campaignUsage'>;
  calendar: Calendar;
  /** UTC ms. */
  now: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Names the room of one who sends, or of a campaign, on a lane. */
const roomKey = (owner: string, lane: Lane): string => `${lane} of ${owner}`;

/** Where a touch of this campaign needs a place: in its own caps, and in those of who sends it. */
export function roomsFor(
  campaign: Pick<Campaign, 'id' | 'caps' | 'sender'>,
  { channel, kind }: { channel: Channel; kind: MessageKind },
  { lanes }: Limits,
): string[] {
  const lane = laneOf(channel, kind);
  const usual = lanes.find((limit) => limit.lane === lane);
  return [
    ...(campaign.caps[lane] === undefined ? [] : [roomKey(campaignAsSender(campaign.id), lane)]),
    ...(usual ? [roomKey(senderFor(usual, campaign), lane)] : []),
  ];
}

/** E-mails alone have a sender by campaign: a number, and a LinkedIn account, are those of the workspace. */
const senderFor = ({ channel, sender: usual }: LaneLimit, { sender }: Pick<Campaign, 'sender'>): string =>
  channel === 'email' && sender ? senderOn('email', { from: sender.email }) : usual;

/** Every room of a tick, from the ledger. Where no campaign has anything for itself, nothing is counted for it. */
export async function readRooms(reading: Reading): Promise<Map<string, Room>> {
  const own = await reading.store.ownLimits();
  return new Map([...(await senderRooms(own, reading)), ...(await campaignRooms(own, reading))]);
}

async function senderRooms(
  own: readonly OwnLimits[],
  { limits, store, calendar, now }: Reading,
): Promise<Map<string, Room>> {
  const since: Record<keyof Used, number> = {
    // Cron is never exact: what was sent with the tick of an hour ago is not in the way of this one.
    hour: now - HOUR_MS + MINUTE_MS,
    day: calendar.startOfDay(now, limits.zone),
    week: calendar.startOfDaysAgo(now, WEEK_DAYS - 1, limits.zone),
  };
  const senders = sendersOf(limits, own);
  const capped = [...senders.values()].filter(({ caps }) => isCapped(caps));
  const usage = await store.usage(capped, since);
  return new Map(
    [...senders].map(([key, limit]) => {
      const { firstAt, ...used } = usage[capped.indexOf(limit)] ?? NOTHING;
      const day = firstAt === null ? 1 : calendar.daysBetween(firstAt, now, limits.zone) + 1;
      const { sender, lane } = limit;
      return [key, { campaign: null, sender, lane, used, caps: capsOn(limit.caps, limit.ramp, day) }];
    }),
  );
}

const NOTHING = { hour: 0, day: 0, week: 0, firstAt: null };

/** Each address once, however many campaigns have it. */
const sendersOf = ({ lanes }: Limits, own: readonly OwnLimits[]): Map<string, LaneLimit> =>
  new Map(
    lanes
      .flatMap((limit) => [limit, ...own.map((each) => ({ ...limit, sender: senderFor(limit, each) }))])
      .map((limit) => [roomKey(limit.sender, limit.lane), limit]),
  );

async function campaignRooms(
  own: readonly OwnLimits[],
  { limits, store, calendar, now }: Reading,
): Promise<Map<string, Room>> {
  const capped = own.flatMap(({ id, name, caps }) =>
    limits.lanes.flatMap(({ lane }) => {
      const day = caps[lane];
      return day === undefined ? [] : [{ campaign: { id, name }, sender: null, lane, day }];
    }),
  );
  if (capped.length === 0) return new Map();
  const sent = await store.campaignUsage(calendar.startOfDay(now, limits.zone));
  return new Map(
    capped.map(({ day, ...room }) => {
      const { campaign, lane } = room;
      const n = sent.find((each) => each.campaignId === campaign.id && each.lane === lane)?.sent ?? 0;
      const used = { hour: n, day: n, week: n };
      return [
        roomKey(campaignAsSender(campaign.id), lane),
        { ...room, used, caps: { hour: null, day, week: null } },
      ];
    }),
  );
}
