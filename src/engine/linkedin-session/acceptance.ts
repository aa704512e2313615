const DAY_MS = 86_400_000;

/** An invitation that nobody has accepted after a week rarely is later; one of two months ago says little of today. */
const SETTLED_AFTER_DAYS = 7;
const LOOK_BACK_DAYS = 60;
/** Fewer say nothing. */
export const FEWEST_TO_JUDGE = 20;
/** Below it LinkedIn may take the sender for a nuisance. */
const LEAST_SHARE = 0.3;

export interface Acceptance {
  /** Of those whose fate is known. */
  sent: number;
  accepted: number;
  /** 0 to 1; null where there is nothing to count. */
  share: number | null;
  /** So few accept that inviting more of the same would do harm. */
  isTooLow: boolean;
}

/** Between which instants an invitation was sent that counts, UTC ms. */
export const acceptanceSpan = (now: number): { from: number; to: number } => ({
  from: now - LOOK_BACK_DAYS * DAY_MS,
  to: now - SETTLED_AFTER_DAYS * DAY_MS,
});

export function acceptanceOf({ sent, accepted }: { sent: number; accepted: number }): Acceptance {
  const share = sent === 0 ? null : accepted / sent;
  return {
    sent,
    accepted,
    share,
    isTooLow: sent >= FEWEST_TO_JUDGE && share !== null && share < LEAST_SHARE,
  };
}
