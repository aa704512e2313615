import { resolve } from 'node:path';
import type { Context } from '../../context.ts';
import type { Candidate, Restored } from '../../engine/ports/database.ts';
import { shellWord } from '../../engine/shell-word.ts';
import { usageError } from '../../errors.ts';
import { printJson } from '../../io/table.ts';
import { isoOrNull } from '../../io/time.ts';
import { printable } from '../../io.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { counted } from '../counted.ts';
import { contentsLine, holdingsLine } from './holdings.ts';

export const command = (open: OpenContext) =>
  hectorCommand('restore', {
    summary: 'put a backup in place of the database',
    description:
      'Checks a backup, shows what is in it, and puts it in place; the present database is kept aside in backups/. So that nobody gets anything twice, or after a no, what went out and who refused since then is taken over from the present one as far as it can be read, and all running live campaigns are paused until you resume them. Refused while a tick runs.',
    examples: [
      'hector db restore backups/hector-20261123-020000.db',
      'hector db restore backups/hector-20261123-020000.db --yes',
    ],
  })
    .argument('<file>', 'a backup')
    .option('-y, --yes', 'do not ask')
    .action(async (file, { yes, ...common }) => dbRestore(open(common), file, yes === true));

export async function dbRestore(context: Context, file: string, yes: boolean): Promise<void> {
  const desk = await context.database();
  const source = resolve(context.cwd, file);
  const candidate = await desk.inspect(source);
  if (!(await agreed(context, candidate, yes))) return context.io.note('Nothing was changed.');
  const restored = await desk.restore(source);
  if (context.json) return printJson(context.io, restoredJson(restored, source));
  context.io.out(`${desk.file} is restored: ${holdingsLine(restored.holdings)}.`);
  for (const line of afterwards(restored)) context.io.warn(printable(line));
}

async function agreed(context: Context, candidate: Candidate, yes: boolean): Promise<boolean> {
  const { io } = context;
  for (const line of preview({ io, now: context.now() }, candidate)) io.note(printable(line));
  const strange = candidate.sameWorkspace === false ? strangers : '';
  if (yes) {
    if (strange !== '') io.warn(`hector: ${strange}.`);
    return true;
  }
  if (!io.interactive || context.json)
    throw usageError(
      `${strange || 'this puts the backup in place of the database'}: say --yes`,
      `hector db restore ${shellWord(candidate.file)} --yes`,
    );
  return context.prompter().confirm(`${strange ? `${strange}. ` : ''}Put it in place?`);
}

const strangers = 'this backup is of another workspace: what was sent here is not in it';

const preview = (at: { io: Context['io']; now: number }, candidate: Candidate): string[] => [
  `The backup:   ${contentsLine(candidate, at)}`,
  candidate.present === null
    ? 'The present one is not there, or damaged.'
    : `The present:  ${holdingsLine(candidate.present)}`,
];

/** What a person must know before anything goes out again. */
function afterwards(restored: Restored): string[] {
  const { aside, unread, unknownPeople, uncountedUntil, paused } = restored;
  return [
    ...(aside === null ? [] : [`The one before is kept: ${aside}`]),
    takenOver(restored),
    ...(unread.length > 0
      ? [
          `The one before is damaged: not all of it could be read (${unread.join(', ')}). What is missing may go out again: look at the lists of the providers first.`,
        ]
      : []),
    ...(unknownPeople > 0
      ? [
          `${counted(unknownPeople, 'person', 'people')} got something since that has no place in the backup, where others have their numbers or addresses: do not import or enrol them again before a look at the one that is kept.`,
        ]
      : []),
    ...(uncountedUntil === null
      ? []
      : [
          `The caps, and the one touch a day, do not know all that went out: before ${isoOrNull(uncountedUntil)} more may go out than they allow.`,
        ]),
    ...(paused.length > 0
      ? [`Paused: ${paused.join(', ')}. Next: hector verify, then hector campaign resume NAME --yes`]
      : []),
  ];
}

function takenOver({ aside, merged, kept, people, campaigns, blacklisted }: Restored): string {
  const entries = counted(blacklisted, 'blacklist entry', 'blacklist entries');
  if (merged)
    return kept + blacklisted === 0
      ? 'Nobody got anything, answered or refused since the backup.'
      : `Taken over from it: where ${counted(kept, 'enrolment')} stood since, ${entries}${madeSince(people, campaigns)}.`;
  const why =
    aside === null ? 'There was none before' : 'The one before cannot be read, or is of another workspace';
  const but = blacklisted > 0 ? ` (only ${entries} taken over)` : '';
  return `${why}${but}: what went out after the backup is not known here, and would go out again.`;
}

const madeSince = (people: number, campaigns: readonly string[]): string =>
  [
    ...(people > 0 ? [`, ${counted(people, 'person', 'people')} who came since and got something`] : []),
    ...(campaigns.length > 0 ? [`, and what was sent by campaigns made since: ${campaigns.join(', ')}`] : []),
  ].join('');

const restoredJson = (restored: Restored, source: string) => ({
  restored_from: source,
  kept_aside: restored.aside,
  holdings: restored.holdings,
  taken_over: restored.merged,
  not_read: restored.unread,
  blacklisted: restored.blacklisted,
  enrolments_taken_over: restored.kept,
  people_taken_over: restored.people,
  campaigns_taken_over: restored.campaigns,
  unknown_people: restored.unknownPeople,
  uncounted_until: isoOrNull(restored.uncountedUntil),
  paused: restored.paused,
});
