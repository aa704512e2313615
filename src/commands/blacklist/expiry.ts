import type { Context } from '../../context.ts';
import { UserError, usageError } from '../../errors.ts';
import { printable } from '../../io.ts';

/** `2027-01-31`, the day of this instant (UTC ms) in the workspace's time zone. */
export const dayIn = (at: number, timezone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: timezone }).format(at);

/** The last day on which an entry forbids that does so until then. */
export const lastDay = (expiresAt: number, timezone: string): string => dayIn(expiresAt - 1, timezone);

/** In which days are shown. A broken hector.yaml must keep nobody from blacklisting: UTC then. */
export async function shownZone(context: Context): Promise<string> {
  try {
    return (await context.config()).timezone;
  } catch (error) {
    if (error instanceof UserError) return 'UTC';
    throw error;
  }
}

/** Of `--expires`, UTC ms. The end of a day is that of the workspace's time zone. */
export async function expiryOf(context: Context, typed: string): Promise<number> {
  const { parseExpiry } = await import('../../engine/blacklist/expiry.ts');
  const { timezone } = await context.config();
  const parsed = parseExpiry(typed, { now: context.now(), timezone });
  if (parsed.ok) return parsed.value;
  throw usageError(printable(parsed.problem), 'hector blacklist add --help');
}
