import type { Fate, Pending } from '../engine/ports/channels.ts';

const MINUTE_MS = 60_000;
/** A provider's list may lag behind its sending by as much. */
const LAG_MS = 10 * MINUTE_MS;
/** A list that could not be read for so long is not waited for any more. */
const GIVE_UP_MS = 24 * 60 * MINUTE_MS;

type Asked = Pick<Pending, 'claimedAt' | 'lastCallAt'>;

/** The list was read to its end and has nothing of this call. */
export const notListed = ({ lastCallAt }: Asked, now: number): Fate =>
  now - lastCallAt >= LAG_MS ? { fate: 'absent' } : { fate: 'too_early' };

/** The list could not be read, which says nothing: with the next tick, for a day. */
export const notReadable = ({ lastCallAt }: Asked, reason: string, now: number): Fate =>
  now - lastCallAt >= GIVE_UP_MS ? { fate: 'unknown', reason } : { fate: 'too_early' };

/** Blanks and the quotes, dashes and dots that carriers replace: two texts that differ in nothing else are one. */
export const foldText = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[‘’‚‛′]/g, "'")
    .replace(/[“”„«»″]/g, '"')
    .replace(/[‐‑‒–—−]/g, '-')
    .replace(/\s+/g, ' ')
    .trim();
