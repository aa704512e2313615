import type { Context } from '../../context.ts';
import { isFreeMail } from '../../engine/import/free-mail.ts';
import type { SuppressionKey, SuppressionKind } from '../../engine/model.ts';
import type { SuppressionStore } from '../../engine/ports/people.ts';
import { usageError } from '../../errors.ts';
import { printJson } from '../../io/table.ts';
import { isoOrNull } from '../../io/time.ts';
import { printable } from '../../io.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { counted } from '../counted.ts';
import { expiryOf, lastDay, shownZone } from './expiry.ts';
import { keysOf, kindOption } from './keys.ts';

export const command = (open: OpenContext) =>
  hectorCommand('add', {
    summary: 'never contact these again',
    description:
      'Puts e-mail addresses, phone numbers, domains, LinkedIn profiles or SIRENs on the blacklist, and stops everyone they match at once, in all campaigns. A domain covers its subdomains; #12 means the own addresses of person 12. An entry that is there already can be made to last longer, not shorter.',
    examples: [
      'hector blacklist add claire.durand@ads.example --reason "asked on the phone"',
      "hector blacklist add @ads.example '06 12 34 56 78'",
      'hector blacklist add 552100554 --kind siren',
      "hector blacklist add '#12'",
      'hector blacklist add @ads.example --reason "a client until then" --expires 2027-01-31',
    ],
  })
    .argument('<value...>', 'address, phone number, domain, LinkedIn address, SIREN, or #ID of a person')
    .addOption(kindOption())
    .option('--reason <text>', 'why, for whoever asks later')
    .option('--source <text>', 'who says so, or where it stands (default: operator)')
    .option(
      '--expires <date|period>',
      'until the end of that day, or for 90d, 6w, 18m, 3y (default: for good)',
    )
    .option('-y, --yes', 'do not ask, where a firm with several people is meant')
    .action(async (values, options) => {
      await addToBlacklist(open(options), {
        values,
        kind: options.kind ?? null,
        reason: options.reason ?? null,
        source: options.source,
        expires: options.expires ?? null,
        yes: options.yes === true,
      });
    });

export interface AddOptions {
  values: readonly string[];
  kind: SuppressionKind | null;
  reason: string | null;
  source?: string | undefined;
  yes?: boolean;
  expires: string | null;
}

export async function addToBlacklist(context: Context, options: AddOptions): Promise<void> {
  const { io } = context;
  const keys = await keysOf(context, options.values, options.kind);
  refuseFingerprints(keys);
  const now = context.now();
  const expiresAt = options.expires === null ? null : await expiryOf(context, options.expires);
  const store = await context.stores.suppressions();
  if (!options.yes && !(await meant(context, store, keys))) return io.note('Nothing was changed.');
  const source = options.source?.trim() || 'operator';
  const by = { reason: options.reason ?? 'by hand', source, now, expiresAt };
  const result = await store.add(keys, by);
  if (context.json) return printJson(io, { ...result, expires_at: isoOrNull(expiresAt) });
  const timezone = await shownZone(context);
  const until = expiresAt === null ? '' : ` (until ${lastDay(expiresAt, timezone)})`;
  for (const key of result.added) io.out(`Blacklisted: ${shown(key)}${until}`);
  for (const key of result.renewed) io.out(`Blacklisted for longer: ${shown(key)}${until}`);
  for (const key of result.known) io.out(`Blacklisted before: ${shown(key)}`);
  const { people, messages } = result.stopped;
  io.out(
    `${counted(result.matched, 'person', 'people')} known by it; stopped: ${counted(people, 'person', 'people')}, ${counted(messages, 'message')} cancelled.`,
  );
  for (const { kind, value } of result.added)
    if (kind === 'domain' && isFreeMail(value))
      io.warn(
        `${value} is a free-mail domain: nobody there is contacted any more. To take it off, for those who were not stopped by it: hector blacklist remove @${value}`,
      );
}

/** Of a firm one often thinks of one person: on a terminal it is said how many are meant, and asked. */
async function meant(
  context: Context,
  store: SuppressionStore,
  keys: readonly SuppressionKey[],
): Promise<boolean> {
  const firms = keys.filter(({ kind }) => kind === 'domain' || kind === 'siren');
  if (!context.io.interactive || context.json || firms.length === 0) return true;
  const { people, underWay } = await store.matching(keys);
  if (people < 2) return true;
  const named = keys.length === 1 && firms[0] ? shown(firms[0]) : `these ${keys.length} entries`;
  return context
    .prompter()
    .confirm(
      `${named}: ${people} people are known by it, ${underWay} of them under way in a campaign. Stop them all?`,
    );
}

function refuseFingerprints(keys: readonly SuppressionKey[]): void {
  if (keys.some(({ value }) => value.startsWith('hmac:')))
    throw usageError('a fingerprint is made of an address, by an erasure', 'hector gdpr erase --help');
}

export const shown = ({ kind, value }: SuppressionKey): string => printable(`${kind} ${value}`);
