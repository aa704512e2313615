import type { Channel, MessageKind } from '../model.ts';

/** What is capped on its own: LinkedIn allows far fewer invitations than messages. */
export const LANES = ['email', 'sms', 'invitation', 'linkedin'] as const;
export type Lane = (typeof LANES)[number];

export const laneOf = (channel: Channel, kind: MessageKind): Lane =>
  channel === 'linkedin' && kind === 'invitation' ? 'invitation' : channel;

/** Of the longest cap: today and the six calendar days before it. */
export const WEEK_DAYS = 7;

/** Sends of one sender in any 60 minutes, on a day, and in any seven days. Null: no cap. */
export interface Caps {
  hour: number | null;
  day: number | null;
  week: number | null;
}

export const isCapped = (caps: Caps): boolean => Object.values(caps).some((cap) => cap !== null);

/** From its `day`-th day on (1 is the first), a sender may use this `share` of its caps; in between, in proportion. */
export interface RampPoint {
  day: number;
  share: number;
}

/**
 * The share of its caps that a sender may use on its n-th day.
 * @param points in order of their days; none: everything at once
 */
export function rampShare(points: readonly RampPoint[], day: number): number {
  const next = points.findIndex((point) => point.day > day);
  const before = points[next < 0 ? points.length - 1 : next - 1];
  const after = points[next];
  if (!before) return after?.share ?? 1;
  if (!after) return before.share;
  return before.share + ((after.share - before.share) * (day - before.day)) / (after.day - before.day);
}

/** The caps on the n-th day of a sender. A share never shrinks a cap to nothing. */
export function capsOn(caps: Caps, points: readonly RampPoint[], day: number): Caps {
  const share = rampShare(points, day);
  const part = (cap: number | null): number | null =>
    cap === null || cap === 0 ? cap : Math.max(1, Math.floor(cap * share));
  return { hour: part(caps.hour), day: part(caps.day), week: part(caps.week) };
}
