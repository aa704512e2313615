import { createHash } from 'node:crypto';
import { usageError } from '../errors.ts';

/** Divisors of the hour, so that ticks are evenly apart; a tick looks back as far as it must, so none is needed more often. */
const ALLOWED = [5, 6, 10, 12, 15, 20, 30, 60];

/**
 * `15m`, `15` or `1h` as minutes.
 * @throws UserError (usage) naming the allowed ones.
 */
export function parseEvery(text: string): number {
  const [, number = '', unit = 'm'] = /^(\d{1,3})\s*(m|min|h)?$/i.exec(text.trim()) ?? [];
  const minutes = Number(number) * (unit.toLowerCase() === 'h' ? 60 : 1);
  if (number !== '' && ALLOWED.includes(minutes)) return minutes;
  const allowed = ALLOWED.map((each) => `${each}m`).join(', ');
  throw usageError(
    `--every "${text}" is not allowed; allowed: ${allowed}`,
    'hector cron install --every 15m',
  );
}

/**
 * The minutes of an hour at which this workspace ticks. By its folder, and never at 0: many programs begin then, and
 * providers count calls a second.
 */
export function minutesOf(workspace: string, every: number): number[] {
  const hash = createHash('sha256').update(workspace).digest().readUInt32BE(0);
  const first = 1 + (hash % (every - 1));
  return Array.from({ length: 60 / every }, (_, index) => first + index * every);
}

/** Minutes between two ticks by the first field of a crontab line; null where it is no list of plain minutes. */
export function everyOf(field: string): number | null {
  const step = /^\*\/(\d{1,2})$/.exec(field)?.[1];
  if (step !== undefined) return Number(step);
  if (field === '*') return 1;
  return /^\d{1,2}(?:,\d{1,2})*$/.test(field) ? Math.round(60 / field.split(',').length) : null;
}
