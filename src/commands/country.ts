import type { Context } from '../context.ts';

/**
 * The country that a phone number is read in. Only a number in its national form needs the configured one; for
 * all else hector.yaml is not even read: a mistake in it must not keep anyone from stopping a person.
 */
export async function countryFor(context: Context, typed: string): Promise<string> {
  return /^[\s\d().\-/]{9,}$/.test(typed) ? (await context.config()).country : 'FR';
}
