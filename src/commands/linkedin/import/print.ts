import type { Context } from '../../../context.ts';
import {
  type Candidate,
  FOUND,
  type FoundWhat,
  ROW_SKIPS,
  type RowSkip,
} from '../../../engine/linkedin/found.ts';
import type { Gathered } from '../../../engine/linkedin/gather.ts';
import type { Taken } from '../../../engine/ports/linkedin.ts';
import { printJson, printTable } from '../../../io/table.ts';
import { isoOrNull } from '../../../io/time.ts';
import { printable } from '../../../io.ts';
import { counted } from '../../counted.ts';
import { leftOut } from './dates-left-out.ts';
import { readFirst } from './said-before.ts';

export interface FinishedImport {
  gathered: Gathered;
  taken: Taken;
  /** People of the base by id. */
  names: ReadonlyMap<number, string>;
  ignored: number;
  dryRun: boolean;
  list: boolean;
}

interface Line {
  what: FoundWhat;
  prospectId: number | null;
  person: string;
  at: number | null;
  detail: string | null;
  /** Of the file, where it is not the person's. */
  profile: string | null;
  candidates: readonly Candidate[];
}

export async function printImport(context: Context, finished: FinishedImport): Promise<void> {
  const lines = linesOf(finished);
  if (context.json) return printJson(context.io, asJson(finished, lines));
  const told = finished.list ? lines : lines.filter(({ what }) => !QUIET.includes(what));
  const shown = finished.list || !context.io.terminal ? told : told.slice(0, SHOWN);
  if (shown.length > 0) await printLines(context, shown);
  if (shown.length < told.length) context.io.note(`… and ${told.length - shown.length} more: --list`);
  printFiles(context, finished);
  printCounts(context, finished);
  for (const line of readFirst(lines, finished.list)) context.io.note(line);
  printNext(context, finished);
}

/** More fill a terminal, and bury what matters. */
const SHOWN = 30;
/** Told one by one with --list only. */
const QUIET: readonly FoundWhat[] = ['connected_known', 'reply_known', 'before', 'invited', 'unmatched'];

const ORDER = Object.keys(FOUND);

function linesOf({ gathered, taken, names }: FinishedImport): Line[] {
  const done = taken.outcomes.map((each) => ({
    ...{ ...each, profile: null, candidates: [] },
    person: names.get(each.prospectId) ?? '',
  }));
  const seen = gathered.desk.seen.map(({ name, profile = null, ...each }) => ({
    ...{ ...each, profile },
    person: (each.prospectId === null ? '' : names.get(each.prospectId)) || name,
  }));
  return [...done, ...seen].sort(
    (left, right) => ORDER.indexOf(left.what) - ORDER.indexOf(right.what) || (left.at ?? 0) - (right.at ?? 0),
  );
}

async function printLines({ io }: Context, lines: readonly Line[]): Promise<void> {
  await printTable(
    io,
    [
      { header: 'What', whole: true, value: ({ what }) => (io.terminal ? WORDS[what] : what) },
      { header: 'Id', align: 'right', value: ({ prospectId }) => prospectId },
      { header: 'Person', whole: true, value: ({ person }) => person },
      {
        header: 'When',
        whole: true,
        value: ({ at }) => (io.terminal ? (isoOrNull(at)?.slice(0, 10) ?? null) : isoOrNull(at)),
      },
      { header: 'Said, or why', value: detailOf },
    ],
    lines,
  );
}

/** A word or two each, for a column. */
const WORDS: Record<FoundWhat, string> = {
  accepted: 'accepted',
  connected: 'connected before',
  connected_known: 'known',
  sent: 'sent',
  looks_sent: 'looks sent',
  invited_before: 'invited before',
  replied: 'answered',
  opted_out: 'opted out',
  reply_known: 'known',
  absence: 'absence message',
  group: 'in a group',
  before: 'older',
  invited: 'invited by you',
  invited_us: 'invited us',
  ambiguous: 'not sure',
  unmatched: 'not in the base',
};

const LONGEST = 200;

function detailOf({ detail, profile, candidates }: Line): string {
  const who = candidates.map(({ id, name, linkedin }) => `#${id} ${name}${linkedin ? ` (${linkedin})` : ''}`);
  return [profile ?? '', (detail ?? '').slice(0, LONGEST), who.join(', ')].filter(Boolean).join(': ');
}

const isSkip = (code: string): code is RowSkip => Object.hasOwn(ROW_SKIPS, code);
const SKIPS = Object.keys(ROW_SKIPS).filter(isSkip);

function printFiles({ io }: Context, { gathered, ignored }: FinishedImport): void {
  for (const file of gathered.desk.files) {
    const { name, rows, skipped, lines } = file;
    const left = SKIPS.filter((why) => skipped[why] !== undefined).map((why) => leftOut(file, why));
    const but = left.length === 0 ? '' : ` (left out: ${left.join(', ')})`;
    const line = `${printable(name)}: ${counted(rows, 'row')}${but}`;
    if (rows === 0 || lines.bad_date.length > 0 || lines.future.length > 0) io.warn(line);
    else io.note(line);
  }
  if (ignored > 0) io.note(`${counted(ignored, 'other file')} left alone.`);
  if (gathered.own !== null) io.note(`Your profile: ${printable(gathered.own)}`);
}

function printCounts({ io }: Context, finished: FinishedImport): void {
  const counts = countsOf(finished);
  for (const [what, sentence] of Object.entries(FOUND)) {
    const count = counts[what];
    if (count !== undefined) io.note(`${String(count).padStart(6)}  ${sentence}`);
  }
  const { profiles, closed, stopped, colleagues, blacklisted } = finished.taken;
  const also = [
    ...(profiles.filled > 0 ? [`${counted(profiles.filled, 'profile')} filled in`] : []),
    ...(closed > 0 ? [`${counted(closed, 'open invitation')} closed`] : []),
    ...(stopped.enrolments > 0 ? [`${counted(stopped.enrolments, 'enrolment')} stopped`] : []),
    ...(colleagues.people > 0 ? [`${counted(colleagues.people, 'colleague')} stopped`] : []),
    ...(blacklisted > 0 ? [`${counted(blacklisted, 'address', 'addresses')} blacklisted`] : []),
  ];
  if (also.length > 0) io.note(`So: ${also.join(', ')}.`);
}

function countsOf({ gathered, taken }: FinishedImport): Record<string, number> {
  const counts: Record<string, number> = { ...gathered.desk.counts };
  for (const { what } of taken.outcomes) counts[what] = (counts[what] ?? 0) + 1;
  return Object.fromEntries(
    ORDER.flatMap((what) => (counts[what] === undefined ? [] : [[what, counts[what]]])),
  );
}

function printNext({ io }: Context, finished: FinishedImport): void {
  const counts = countsOf(finished);
  if (counts.looks_sent !== undefined)
    io.note('Tasks that look sent: the same command with --confirm-sent, at the hour of the file');
  if (counts.ambiguous !== undefined)
    io.note(
      'Not sure: where it is the same person, hector prospect edit ID --linkedin PROFILE, and import again',
    );
  if (counts.invited_before !== undefined)
    io.note(
      'Invited before the task was there: hector task done TASK if that was it, else hector task skip TASK',
    );
  const file = finished.gathered.desk.files.find(({ kind }) => kind === 'connections')?.name;
  if (counts.unmatched !== undefined && file !== undefined)
    io.note(`Nobody is created here. To take connections in: hector prospect import ${importable(file)}`);
  if (finished.dryRun) io.note('Nothing was stored. For good: the same command without --dry-run');
}

/** A file in an archive has to be unpacked first. */
const importable = (name: string): string => (name.includes(': ') ? 'Connections.csv' : printable(name));

/** Stable keys: docs/json.md. */
const asJson = (finished: FinishedImport, lines: readonly Line[]) => ({
  dry_run: finished.dryRun,
  own_profile: finished.gathered.own,
  files: finished.gathered.desk.files.map(({ name, kind, rows, skipped, lines }) => ({
    ...{ file: name, kind, rows, skipped },
    ...{ bad_date_lines: lines.bad_date, future_lines: lines.future },
  })),
  ignored_files: finished.ignored,
  counts: countsOf(finished),
  profiles_filled: finished.taken.profiles.filled,
  profiles_taken: finished.taken.profiles.taken,
  invitations_closed: finished.taken.closed,
  stopped: finished.taken.stopped,
  colleagues: finished.taken.colleagues,
  blacklisted: finished.taken.blacklisted,
  found: lines.map(({ what, prospectId, person, at, detail, profile, candidates }) => ({
    ...{ what, prospect_id: prospectId, person },
    at: isoOrNull(at),
    ...{ detail, profile, candidates },
  })),
});
