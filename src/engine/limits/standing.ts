import type { Room } from './capacity.ts';
import type { Lane } from './caps.ts';

type Counts = Record<'hour' | 'day' | 'week', number | null> &
  Record<'hour_used' | 'day_used' | 'week_used', number>;

/** By lane, of the sender of the workspace; a cap that is null is none. Keys as in --json. */
export type CapStanding = Partial<Record<Lane, Counts>>;

/** Of a campaign by its name, or of a sender beside that of the workspace by its address. Keys as in --json. */
export interface OwnStanding extends Counts {
  campaign: string | null;
  sender: string | null;
  lane: Lane;
}

/** @param usual the sender of the workspace on a lane */
export const standingOf = (rooms: readonly Room[], usual: (room: Room) => boolean): CapStanding =>
  Object.fromEntries(rooms.filter(usual).map((room) => [room.lane, countsOf(room)]));

export const ownStandings = (rooms: readonly Room[], usual: (room: Room) => boolean): OwnStanding[] =>
  rooms
    .filter((room) => !usual(room))
    .map((room) => ({
      campaign: room.campaign?.name ?? null,
      sender: room.sender,
      lane: room.lane,
      ...countsOf(room),
    }));

const countsOf = ({ caps, used }: Room): Counts => ({
  ...{ hour: caps.hour, hour_used: used.hour, day: caps.day, day_used: used.day },
  ...{ week: caps.week, week_used: used.week },
});
