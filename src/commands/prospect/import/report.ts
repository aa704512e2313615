import type { Context } from '../../../context.ts';
import { REFUSALS, WARNINGS } from '../../../engine/import/codes.ts';
import { type ColumnPlan, describePlan } from '../../../engine/import/columns.ts';
import { type ImportOutcome, runImport } from '../../../engine/import/run.ts';
import type { Enroller, EnrolResult } from '../../../engine/ports/campaigns.ts';
import type { CsvList } from '../../../engine/ports/imports.ts';
import { EXIT } from '../../../errors.ts';
import { watchInterrupt } from '../../../io/interrupt.ts';
import { createProgress } from '../../../io/progress.ts';
import { printJson, printTable } from '../../../io/table.ts';
import { printable } from '../../../io.ts';
import { enrolPeople } from '../../campaign/enrol-people.ts';
import { leftOutLines } from '../../campaign/print.ts';
import { counted } from '../../counted.ts';
import type { ImportOptions } from './options.ts';
import { requireRoom } from './room.ts';
import { explainStop } from './stopped.ts';

export interface ImportJob {
  list: CsvList;
  plan: ColumnPlan;
  options: ImportOptions;
  enroller: Enroller | null;
  country: string;
  now: number;
}

export interface FinishedImport extends ImportOutcome {
  enrolment: EnrolResult | null;
}

/** Imports, enrols, prints; exit code 1 when not a single row could be taken, unless it is a part of something larger. */
export async function runAndReport(context: Context, job: ImportJob): Promise<FinishedImport> {
  const outcome = await imported(context, job);
  const enrolment = await enrolled(context, job, outcome);
  const { read, refused } = outcome.counts;
  const finished = { ...outcome, enrolment };
  const { part } = job.options;
  if (part === undefined && total(refused) === read) context.exitCode = EXIT.failed;
  if (part === 'silent') return finished;
  if (!context.json) await printSummary(context, job, finished);
  else if (part === undefined) printJson(context.io, asJson(job, finished));
  return finished;
}

async function imported(
  context: Context,
  { list, plan, options, enroller, country, now }: ImportJob,
): Promise<ImportOutcome> {
  await requireRoom(list, context.workspace().database);
  const interrupt = watchInterrupt();
  const progress = createProgress(context.io, `Importing ${list.name}`);
  try {
    return await runImport({
      list,
      plan,
      store: await context.stores.imports(),
      refused: await context.refusedFile(refusedName(list), list),
      country,
      update: options.update === true,
      dryRun: options.dryRun === true,
      now,
      wantIds: enroller !== null,
      interrupted: interrupt.pressed,
      onProgress: (rows) => progress.at(rows, undefined, shareRead(list)),
    });
  } catch (error) {
    throw explainStop(error, list.name, context.workspace().database);
  } finally {
    interrupt.stop();
    progress.end();
  }
}

/** Of a pipe nobody knows the size. */
const shareRead = (list: CsvList): string | undefined =>
  list.size > 0 ? `${Math.min(100, Math.floor((list.bytesRead() / list.size) * 100))} %` : undefined;

const refusedName = (list: CsvList): string => (list.pipe ? 'stdin.refused.csv' : `${list.name}.refused.csv`);

async function enrolled(
  context: Context,
  { enroller, options, now }: ImportJob,
  outcome: ImportOutcome,
): Promise<EnrolResult | null> {
  if (!enroller || options.campaign === undefined || options.dryRun) return null;
  const total: EnrolResult = { enrolled: 0, left_out: {} };
  const too = { answered: options.includeAnswered === true, again: options.again === true };
  const campaign = options.campaignId ?? options.campaign;
  const wanted = { campaign, people: outcome.prospectIds, too, now };
  try {
    await enrolPeople(context, enroller, wanted, total);
    return total;
  } catch (error) {
    const who =
      total.enrolled === 0 ? 'nobody was' : `only ${counted(total.enrolled, 'person', 'people')} of it`;
    context.io.warn(`Import ${outcome.importId} is done, but ${who} enrolled in ${options.campaign}.`);
    throw error;
  }
}

function asJson({ list, plan, options }: ImportJob, finished: FinishedImport): Record<string, unknown> {
  const { counts, enrolment } = finished;
  return {
    import_id: options.dryRun ? null : finished.importId,
    dry_run: options.dryRun === true,
    file: list.name,
    encoding: list.encoding,
    delimiter: list.delimiter,
    columns: describePlan(plan),
    read: counts.read,
    new: counts.new,
    updated: counts.updated,
    unchanged: counts.unchanged,
    refused: total(counts.refused),
    refused_reasons: counts.refused,
    warnings: counts.warnings,
    first_lines: finished.lines,
    texts_anew: finished.textsAnew,
    refused_file: finished.refusedKept ? refusedName(list) : null,
    enrolled: enrolment?.enrolled ?? null,
    left_out: enrolment?.left_out ?? null,
  };
}

interface Line {
  what: string;
  rows: number;
  code: string;
  detail: string;
}

async function printSummary(context: Context, job: ImportJob, finished: FinishedImport): Promise<void> {
  await printTable(
    context.io,
    [
      { header: '', value: (line: Line) => line.what },
      { header: 'rows', value: (line: Line) => line.rows, align: 'right' },
      { header: 'why', value: (line: Line) => line.detail, wrap: true },
    ],
    summaryLines(finished),
  );
  if (job.options.dryRun) printReading(context, job);
  if (job.options.part === undefined) printNext(context, job, finished);
}

function summaryLines({ counts, lines }: FinishedImport): Line[] {
  const plain = (what: string, rows: number): Line => ({ what, rows, code: what, detail: '' });
  const explained = (
    what: string,
    reasons: Record<string, number>,
    sentences: Record<string, string>,
  ): Line[] =>
    Object.entries(reasons)
      .sort((left, right) => right[1] - left[1])
      .map(([code, rows]) => ({
        what,
        rows,
        code,
        detail: `${sentences[code] ?? code} (${places(lines[code] ?? [], rows)})`,
      }));
  return [
    plain('read', counts.read),
    plain('new', counts.new),
    plain('updated', counts.updated),
    plain('unchanged', counts.unchanged),
    ...(total(counts.refused) === 0 ? [plain('refused', 0)] : explained('refused', counts.refused, REFUSALS)),
    ...explained('warning', counts.warnings, WARNINGS),
  ];
}

const places = (lines: readonly number[], rows: number): string =>
  `${lines.length === 1 && rows === 1 ? 'line' : 'lines'} ${lines.join(', ')}${rows > lines.length ? ' …' : ''}`;

/** How the list was understood: what to look at before it is taken in for good. */
function printReading({ io }: Context, { list, plan }: ImportJob): void {
  const delimiter = list.delimiter === '\t' ? 'tab' : list.delimiter;
  io.note(`Read as ${list.encoding}, columns separated by "${delimiter}":`);
  for (const [column, field] of Object.entries(describePlan(plan)))
    io.note(`  ${printable(column)} -> ${field}`);
}

function printNext({ io }: Context, { list, options }: ImportJob, finished: FinishedImport): void {
  const { importId, textsAnew, refusedKept, enrolment } = finished;
  if (textsAnew > 0) io.note(`Texts not sent yet, to be written anew with the new facts: ${textsAnew}.`);
  if (options.dryRun) {
    io.note(`Nothing was written. For good: hector prospect import ${list.name}`);
    return;
  }
  if (refusedKept) io.note(`Refused rows are in ${refusedName(list)}: mend them there and import that file.`);
  if (enrolment) {
    io.note(printable(`Enrolled in ${options.campaign}: ${enrolment.enrolled}`));
    for (const line of leftOutLines(enrolment)) io.note(line);
  }
  io.note(`Import ${importId}. To take it back: hector prospect import --undo ${importId}`);
  io.note(
    enrolment
      ? 'Next: hector tick --dry-run'
      : `Next: hector campaign create NAME --scenario connexion-douce --from import:${importId}`,
  );
}

const total = (counts: Record<string, number>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);
