import type { Context } from '../../context.ts';
import {
  DISGUISES,
  type Prospect,
  prospectName,
  type SuppressionKey,
  type SuppressionKind,
} from '../../engine/model.ts';
import { parseSuppression } from '../../engine/parse-suppression.ts';
import type { BlacklistEntry } from '../../engine/ports/people.ts';
import { suppressionKeys } from '../../engine/suppression.ts';
import { UserError, usageError } from '../../errors.ts';
import { printJson } from '../../io/table.ts';
import { printable } from '../../io.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { countryFor } from '../country.ts';
import { shown } from './add.ts';
import { dayIn, lastDay, shownZone } from './expiry.ts';
import { kindOption } from './keys.ts';
import { entryJson } from './list.ts';

export const command = (open: OpenContext) =>
  hectorCommand('check', {
    summary: 'is this address or person on the blacklist?',
    description:
      'Says whether an address, domain or person is on the blacklist, by which entry, why, since when and until when; hashed entries are found too. The exit code is 0 either way; scripts read "listed" of --json.',
    examples: ['hector blacklist check claire.durand@ads.example', 'hector blacklist check 12 --json'],
  })
    .argument('<value>', 'address, phone number, domain, LinkedIn address, SIREN, or a prospect')
    .addOption(kindOption())
    .action(async (value, options) => checkBlacklist(open(options), { value, kind: options.kind ?? null }));

export interface CheckOptions {
  value: string;
  kind: SuppressionKind | null;
}

export async function checkBlacklist(context: Context, options: CheckOptions): Promise<void> {
  const { io } = context;
  const { keys, person } = await asked(context, options);
  const found = await (await context.stores.suppressions()).entries(keys);
  const stands = ({ expiresAt }: BlacklistEntry) => expiresAt === null || expiresAt > context.now();
  const entries = found.filter(stands);
  const expired = found.filter((entry) => !stands(entry));
  if (context.json)
    return printJson(io, {
      value: options.value,
      listed: entries.length > 0,
      entries: entries.map(entryJson),
      expired: expired.map(entryJson),
      prospect: person && { id: person.id, name: prospectName(person) },
    });
  const who = printable(person ? `${prospectName(person)} (#${person.id})` : options.value);
  if (entries.length === 0) io.out(`${who} is not on the blacklist.`);
  const timezone = await shownZone(context);
  for (const entry of entries)
    io.out(`${who} is on the blacklist by ${shown(entry)} (${why(entry, timezone)}).`);
  for (const entry of expired)
    io.out(`${who} was on the blacklist by ${shown(entry)} (${why(entry, timezone)}).`);
  if (keys.some(isHash))
    io.note(
      'A hash can be compared with no domain and no SIREN: entries of a whole firm may stand all the same.',
    );
}

/** `sur demande, 2026-11-23, operator, until 2027-01-31`: reason, when, by whom, until when. */
function why({ reason, source, createdAt, expiresAt }: BlacklistEntry, timezone: string): string {
  const until = expiresAt === null ? [] : [`until ${lastDay(expiresAt, timezone)}`];
  return [printable(reason), dayIn(createdAt, timezone), printable(source), ...until].join(', ');
}

const isHash = ({ value }: SuppressionKey): boolean => DISGUISES.some((form) => value.startsWith(`${form}:`));

/** What was typed, and all other addresses of the person it belongs to, if it is somebody's. */
async function asked(
  context: Context,
  { value, kind }: CheckOptions,
): Promise<{ keys: SuppressionKey[]; person: Prospect | null }> {
  const country = await countryFor(context, value);
  const parsed = await parseSuppression(value, { kind, country });
  if (kind !== null && !parsed.ok)
    throw usageError(`"${printable(value)}" is ${parsed.problem}`, 'hector blacklist check --help');
  const own = parsed.ok ? keysAbout(parsed.value) : [];
  const person = kind === null ? await personIfAny(context, { value, country, required: !parsed.ok }) : null;
  const keys = [...own, ...(person ? suppressionKeys(person) : [])];
  return { keys: keys.filter((key, index) => keys.findIndex((other) => same(key, other)) === index), person };
}

/** An address is also covered by its domain; a domain by those above it. */
function keysAbout({ kind, value }: SuppressionKey): SuppressionKey[] {
  if (isHash({ kind, value })) return [{ kind, value }];
  const nothing = { email: null, phone: null, mobile: null, linkedin: null, siren: null };
  switch (kind) {
    case 'domain':
      return suppressionKeys({ ...nothing, email: `@${value}` }).filter((key) => key.kind === 'domain');
    default:
      return suppressionKeys({ ...nothing, [kind]: value });
  }
}

/** An address of nobody, or of several people, is a fair question; a name of nobody is not. */
async function personIfAny(
  context: Context,
  { value, country, required }: { value: string; country: string; required: boolean },
): Promise<Prospect | null> {
  try {
    return await (await context.stores.people()).find(value, country);
  } catch (error) {
    if (!required && error instanceof UserError) return null;
    throw error;
  }
}

const same = (one: SuppressionKey, other: SuppressionKey): boolean =>
  one.kind === other.kind && one.value === other.value;
