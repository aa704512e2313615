import type { Channel, SendingWindow } from '../model.ts';
import type { Calendar } from './calendar.ts';
import { jitter } from './jitter.ts';
import type { Place } from './place.ts';

export interface SlotRules {
  calendar: Calendar;
  /** Channels whose touches are spread over an opening instead of going out with its first minute. */
  spread: Readonly<Record<Channel, boolean>>;
}

export interface SlotInput {
  window: SendingWindow;
  place: Place;
  channel: Channel;
  /** The same enrolment and step always get the same place in an opening. */
  enrolmentId: number;
  step: string;
}

/** The last tenth of an opening is left free: the next tick should still find it open. */
const USED_SHARE = 0.9;

/**
 * When a touch that is due at `at` (UTC ms) goes out: at once while the window is open, else at its own place in
 * the next opening, so that what gathered over night does not leave in one minute. Null: the window never opens.
 */
export function slotAfter(at: number, input: SlotInput, { calendar, spread }: SlotRules): number | null {
  const { window, place, channel, enrolmentId, step } = input;
  const opening = calendar.nextOpening(at, window, place, channel);
  if (opening === null || opening === at || !spread[channel]) return opening;
  const closing = calendar.closing(opening, window, place, channel);
  return opening + Math.floor((closing - opening) * USED_SHARE * jitter(`${enrolmentId}:${step}`));
}
