import type { Context } from '../../context.ts';
import { readProfile } from '../../engine/import/linkedin.ts';
import { ReadingStopped } from '../../engine/linkedin/desk.ts';
import type { Gathered } from '../../engine/linkedin/gather.ts';
import { OwnProfileUnknown } from '../../engine/linkedin/own-profile.ts';
import type { LinkedinExport } from '../../engine/ports/linkedin.ts';
import { shellWord } from '../../engine/shell-word.ts';
import { EXIT, UserError, usageError } from '../../errors.ts';
import { watchInterrupt } from '../../io/interrupt.ts';
import { createProgress } from '../../io/progress.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { refuseUnread } from './import/dates-left-out.ts';
import { printImport } from './import/print.ts';
import { takeFindings } from './import/take-in.ts';

export const command = (open: OpenContext) =>
  hectorCommand('import', {
    summary: "take in LinkedIn's own export: acceptances, connections, answers",
    description:
      "Reads LinkedIn's data export: Connections.csv, messages.csv and Invitations.csv in any order, the archive, or a folder. People are found by their profile, else by name and firm when only one person has them; the rest is listed, not guessed. Accepted invitations and existing connections are recorded (an invitation to somebody who is connected is passed over), answers stop the person as `reply add` does, and words that refuse put them on the blacklist. Nobody is created: for that, hector prospect import Connections.csv. A second import of the same files changes nothing.",
    examples: [
      'hector linkedin import Complete_LinkedInDataExport_11-23-2026.zip --dry-run',
      'hector linkedin import Connections.csv messages.csv Invitations.csv',
      'hector linkedin import export/ --confirm-sent   # open tasks that the files show as sent',
      'hector linkedin import messages.csv --me hector-martin-ads',
    ],
  })
    .argument(
      '<file...>',
      'Connections.csv, messages.csv, Invitations.csv, the zip, a folder, or - for stdin',
    )
    .option('--dry-run', 'say what would happen, and store nothing')
    .option('--confirm-sent', 'record open tasks as sent where the files show their text or invitation')
    .option('--me <profile>', 'your own profile, where it cannot be told from the messages')
    .option('--list', 'name everybody, also those who are not in the base')
    .action(async (files, options) =>
      importLinkedin(open(options), files, {
        dryRun: options.dryRun === true,
        confirmSent: options.confirmSent === true,
        me: options.me ?? null,
        list: options.list === true,
      }),
    );

export interface LinkedinImportOptions {
  dryRun: boolean;
  confirmSent: boolean;
  /** A profile's address or slug. */
  me: string | null;
  /** Whether those are named who are not in the base. */
  list: boolean;
}

/** @throws UserError; of what it has taken in by then it says how much. */
export async function importLinkedin(
  context: Context,
  paths: readonly string[],
  options: LinkedinImportOptions,
): Promise<void> {
  const me = options.me === null ? null : ownProfile(options.me);
  const [store, { timezone }, rules] = await Promise.all([
    context.stores.linkedin(),
    context.config(),
    context.dateRules('live'),
  ]);
  const files = await context.linkedinExport(paths);
  try {
    const now = context.now();
    const gathered = await read(context, files, { me, list: options.list, zone: timezone, now, paths });
    refuseUnread(gathered.desk.files);
    const { dryRun, confirmSent } = options;
    const how = { dryRun, confirmSent, rules, zone: timezone, now };
    const taken = await takeFindings(context, gathered.findings, how);
    const until = gathered.connectedUntil && rules.calendar.startOfDate(gathered.connectedUntil, timezone);
    if (until && !dryRun) await store.lookedUp(Math.min(until, now), gathered.findings.connections);
    const ids = [...taken.outcomes, ...gathered.desk.seen].flatMap(({ prospectId }) => prospectId ?? []);
    const names = await store.names([...new Set(ids)]);
    await printImport(context, { ...options, gathered, taken, names, ignored: files.ignored });
  } finally {
    await files.close();
  }
}

interface Reading {
  me: string | null;
  list: boolean;
  zone: string;
  now: number;
  paths: readonly string[];
}

async function read(
  context: Context,
  { files }: LinkedinExport,
  { me, list, zone, now, paths }: Reading,
): Promise<Gathered> {
  const { gather } = await import('../../engine/linkedin/gather.ts');
  const interrupt = watchInterrupt();
  const progress = createProgress(context.io, 'Reading');
  try {
    return await gather({
      ...{ files, own: me, list, zone, now },
      store: await context.stores.linkedin(),
      interrupted: interrupt.pressed,
      onProgress: (file, rows) => progress.at(rows, undefined, file),
    });
  } catch (error) {
    throw explain(error, paths);
  } finally {
    interrupt.stop();
    progress.end();
  }
}

function ownProfile(typed: string): string {
  const found = readProfile(typed);
  if (found.kind === 'profile') return found.slug;
  throw usageError(
    `--me is no profile: "${typed}"`,
    'hector linkedin import messages.csv --me hector-martin',
  );
}

function explain(error: unknown, paths: readonly string[]): unknown {
  if (error instanceof ReadingStopped)
    return new UserError('interrupted: nothing was stored', { exitCode: EXIT.interrupted });
  if (!(error instanceof OwnProfileUnknown)) return error;
  const [first = 'YOUR-PROFILE', second] = error.candidates;
  const who = second === undefined ? '' : `: ${first} or ${second}`;
  return usageError(
    error.named === null
      ? `the messages do not tell which profile is yours${who}`
      : `${error.named} has no part in these messages${error.candidates.length > 0 ? `; ${first} has in most` : ''}`,
    `hector linkedin import ${paths.map(shellWord).join(' ')} --me ${shellWord(first)}`,
  );
}
