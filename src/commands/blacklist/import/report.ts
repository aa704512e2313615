import type { Context } from '../../../context.ts';
import type { ListColumns } from '../../../engine/blacklist/columns.ts';
import type { ListOutcome } from '../../../engine/blacklist/run.ts';
import type { SuppressionKind } from '../../../engine/model.ts';
import type { CsvList } from '../../../engine/ports/imports.ts';
import { printJson } from '../../../io/table.ts';
import { type Io, printable } from '../../../io.ts';
import { counted } from '../../counted.ts';

export interface BlacklistImportOptions {
  kind: SuppressionKind | null;
  reason: string | null;
  source: string | null;
  expires: string | null;
  dryRun: boolean;
  encoding: string | null;
  delimiter: string | null;
}

interface Report {
  file: string;
  refusedFile: string;
  options: BlacklistImportOptions;
  columns: ListColumns;
  list: CsvList;
  outcome: ListOutcome;
}

export function reportList(context: Context, report: Report): void {
  const { io } = context;
  if (context.json) printJson(io, asJson(report));
  else printReport(io, report);
}

function printReport(io: Io, report: Report): void {
  const { options, outcome } = report;
  const { added, renewed, known, refused } = outcome;
  io.out(
    `${counted(outcome.read, 'row')} read: ${added} new, ${renewed} renewed, ${known} known, ${refused} refused.`,
  );
  io.out(effect(outcome));
  for (const [reason, rows] of Object.entries(outcome.reasons)
    .sort((a, b) => b[1] - a[1])
    .slice(0, SHOWN))
    io.note(`Refused, ${counted(rows, 'row')}: ${printable(reason)}`);
  for (const [warning, rows] of Object.entries(outcome.warnings))
    io.warn(`${counted(rows, 'row')}: ${printable(warning)}`);
  const ignored = ignoredNames(report);
  if (ignored.length > 0) io.note(`Columns left alone: ${printable(ignored.join(', '))}.`);
  if (outcome.refusedKept) io.note(`The refused rows are in ${report.refusedFile}.`);
  if (options.dryRun) {
    for (const line of reading(report)) io.note(line);
    io.note('Nothing was written.');
  }
}

const SHOWN = 5;

/** Of the whole blacklist, not of this list alone: who is on it by another entry is no effect of the list. */
function effect({ matched, stopped: { people, messages } }: ListOutcome): string {
  if (matched === null) return 'Nothing was taken in: nobody is stopped by it.';
  return `Stopped by it: ${counted(people, 'person', 'people')}, ${counted(messages, 'message')} cancelled. On the blacklist now, by this list or other entries: ${counted(matched, 'person', 'people')} of the base.`;
}

const ignoredNames = ({ columns, list }: Report): string[] =>
  columns.ignored.map((index) => list.header[index]?.trim() || `column ${index + 1}`);

/** How the list was understood: what to look at before it is taken in for good. */
function reading({ columns, list }: Report): string[] {
  if (columns.headless) return [`Read as ${list.encoding}, one value a line, without a header.`];
  const { values, kind, reason, source, expires } = columns;
  const named = [
    ...values.map((each) => ({ index: each.index, as: each.kind ?? 'value' })),
    ...Object.entries({ kind, reason, source, expires }).map(([as, index]) => ({ index, as })),
  ];
  const lines = named.flatMap(({ index, as }) =>
    index === null ? [] : [`  ${printable(list.header[index] ?? '')} -> ${as}`],
  );
  return [`Read as ${list.encoding}:`, ...lines];
}

function asJson(report: Report) {
  const { file, refusedFile, options, outcome } = report;
  return {
    dry_run: options.dryRun,
    file,
    read: outcome.read,
    added: outcome.added,
    renewed: outcome.renewed,
    known: outcome.known,
    refused: outcome.refused,
    refused_reasons: outcome.reasons,
    warnings: outcome.warnings,
    ignored_columns: ignoredNames(report),
    refused_file: outcome.refusedKept ? refusedFile : null,
    matched: outcome.matched,
    stopped: outcome.stopped,
  };
}
