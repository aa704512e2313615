import { usageError } from '../../errors.ts';

/** `12` or `#12`, as `message list` shows it. */
export function messageNumber(text: string): number {
  const match = /^#?(\d{1,15})$/.exec(text.trim());
  if (!match?.[1]) throw usageError(`"${text}" is no message number`, 'hector message list');
  return Number(match[1]);
}
