import { usageError } from '../../errors.ts';
import { printable } from '../../io.ts';

/** `--at`, UTC ms: an ISO time that is not in the future. */
export function instantOf(typed: string, now: number): number {
  const at = /^\d{4}-\d{2}-\d{2}/.test(typed) ? Date.parse(typed) : Number.NaN;
  if (Number.isNaN(at))
    throw usageError(
      `--at is no ISO time: "${printable(typed)}"`,
      'hector reply add PROSPECT --text "…" --at 2026-11-23T10:00:00+01:00',
    );
  if (at > now) throw usageError(`--at lies in the future: "${printable(typed)}"`, 'date -Is');
  return at;
}
