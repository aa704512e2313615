import type { Context } from '../../context.ts';
import { usageError } from '../../errors.ts';
import { printable } from '../../io.ts';

/** Of `--expires`, UTC ms. The end of a day is that of the workspace's time zone. */
export async function expiryOf(context: Context, typed: string): Promise<number> {
  const { parseExpiry } = await import('../../engine/blacklist/expiry.ts');
  const { timezone } = await context.config();
  const parsed = parseExpiry(typed, { now: context.now(), timezone });
  if (parsed.ok) return parsed.value;
  throw usageError(printable(parsed.problem), 'hector blacklist add --help');
}
