import { Option } from '@commander-js/extra-typings';
import type { Context } from '../../context.ts';
import { SUPPRESSION_KINDS, type SuppressionKey, type SuppressionKind } from '../../engine/model.ts';
import { parseSuppression } from '../../engine/parse-suppression.ts';
import { ownAddresses } from '../../engine/suppression.ts';
import { EXIT, failure, UserError, usageError } from '../../errors.ts';
import { printable } from '../../io.ts';
import { countryFor } from '../country.ts';

export const kindOption = (means = 'what the values are (default: seen from each)') =>
  new Option('--kind <kind>', means).choices(SUPPRESSION_KINDS);

/**
 * The entries meant by what was typed, each once; `#12` means that person's own addresses. One bad value refuses
 * all: half a blacklisting would be taken for a whole one.
 */
export async function keysOf(
  context: Context,
  values: readonly string[],
  kind: SuppressionKind | null,
): Promise<SuppressionKey[]> {
  const keys = new Map<string, SuppressionKey>();
  for (const value of values)
    for (const key of await keysOfOne(context, value, kind)) keys.set(`${key.kind}:${key.value}`, key);
  return [...keys.values()];
}

async function keysOfOne(
  context: Context,
  value: string,
  kind: SuppressionKind | null,
): Promise<SuppressionKey[]> {
  if (/^#\d+$/.test(value) && kind === null) {
    const person = await (await context.stores.people()).find(value, 'FR');
    const own = ownAddresses(person);
    if (own.length === 0) throw withoutAddress(person.id);
    return own;
  }
  const parsed = await parseSuppression(value, { kind, country: await countryFor(context, value) });
  if (!parsed.ok) throw await notUnderstood(context, value, parsed.problem);
  return [parsed.value];
}

/** A bare number is a person's everywhere else. */
async function notUnderstood(context: Context, value: string, problem: string): Promise<UserError> {
  const meant = `#${value}`;
  const next = 'hector blacklist add --help';
  const said = `"${printable(value)}" is ${problem}`;
  if (!/^[1-9]\d{0,7}$/.test(value) || !(await isSomebody(context, meant))) return usageError(said, next);
  return new UserError(`${said}; person ${value} is ${meant}`, {
    ...{ exitCode: EXIT.usage, next, instead: { typed: value, meant } },
  });
}

const isSomebody = async ({ stores }: Context, reference: string): Promise<boolean> =>
  (await (await stores.people()).resolve([reference], 'FR')).ids.length > 0;

/** Nothing to name them by: an operator who reads "done" would believe them stopped. */
const withoutAddress = (id: number): UserError =>
  failure(
    `#${id} has no address of their own that an entry could name; what stops them: hector prospect pause ${id}, or hector prospect remove ${id}`,
    `hector prospect show ${id}`,
  );
