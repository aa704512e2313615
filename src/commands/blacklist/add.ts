import type { Context } from '../../context.ts';
import { isFreeMail } from '../../engine/import/free-mail.ts';
import type { SuppressionKey, SuppressionKind } from '../../engine/model.ts';
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
    .option(
      '--expires <date|period>',
      'until the end of that day, or for 90d, 6w, 18m, 3y (default: for good)',
    )
    .action(async (values, options) => {
      await addToBlacklist(open(options), {
        values,
        kind: options.kind ?? null,
        reason: options.reason ?? null,
        expires: options.expires ?? null,
      });
    });

export interface AddOptions {
  values: readonly string[];
  kind: SuppressionKind | null;
  reason: string | null;
  expires: string | null;
}

export async function addToBlacklist(context: Context, options: AddOptions): Promise<void> {
  const { io } = context;
  const keys = await keysOf(context, options.values, options.kind);
  refuseFingerprints(keys);
  const now = context.now();
  const expiresAt = options.expires === null ? null : await expiryOf(context, options.expires);
  const store = await context.stores.suppressions();
  const by = { reason: options.reason ?? 'by hand', source: 'operator', now, expiresAt };
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
        `${value} is a free-mail domain: nobody there is contacted any more. Undo: hector blacklist remove @${value}`,
      );
}

function refuseFingerprints(keys: readonly SuppressionKey[]): void {
  if (keys.some(({ value }) => value.startsWith('hmac:')))
    throw usageError('a fingerprint is made of an address, by an erasure', 'hector gdpr erase --help');
}

export const shown = ({ kind, value }: SuppressionKey): string => printable(`${kind} ${value}`);
