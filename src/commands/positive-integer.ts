import { InvalidArgumentError } from '@commander-js/extra-typings';

/** What an option such as `--limit` takes. */
export function positiveInteger(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1)
    throw new InvalidArgumentError('Allowed: a whole number from 1.');
  return number;
}
