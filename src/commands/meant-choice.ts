import { didYouMean } from '../engine/suggest.ts';

/** `, did you mean "sent"?` behind commander's list of what an option or argument takes; else nothing. */
export function meantChoice(message: string): string {
  const [, typed, allowed] =
    /'([^']*)' is invalid\b[^.]*\. Allowed choices are (.+?)\.?$/.exec(message) ?? [];
  return typed === undefined || allowed === undefined ? '' : didYouMean(typed, allowed.split(', '));
}
