/** What providers put into their answers, read with suspicion: nothing here is trusted to be there or to be small. */

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A provider's sentence made fit for one line of ours. */
export function sentence(text: unknown, otherwise: string): string {
  const line = typeof text === 'string' ? text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim() : '';
  return line === '' ? otherwise : line.length > 200 ? `${line.slice(0, 199)}…` : line;
}

const DAY_MS = 86_400_000;

/**
 * Retry-After (RFC 9110 §10.2.3: seconds or an HTTP date) or `ratelimit-reset` (seconds) as milliseconds from
 * now; null when it says nothing usable. Never more than a day.
 */
export function waitMs(header: unknown): number | null {
  if (typeof header !== 'string' || header.trim() === '') return null;
  const seconds = Number(header);
  const ms = Number.isNaN(seconds) ? Date.parse(header) - Date.now() : seconds * 1000;
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), DAY_MS) : null;
}

/** The next 0 h UTC after an instant. */
export const nextMidnightUtc = (now: number): number => (Math.floor(now / DAY_MS) + 1) * DAY_MS;
