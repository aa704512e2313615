import type { Context } from '../../context.ts';
import type { CsvList } from '../../engine/ports/imports.ts';
import { EXIT, failure, UserError, usageError } from '../../errors.ts';
import { printJson } from '../../io/table.ts';
import { printable } from '../../io.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { counted } from '../counted.ts';
import { carryOut } from './review/carry-out.ts';
import { type BadRow, isSheetHeader, placeOf, type SheetPlace, sheetRows } from './review/read-sheet.ts';
import { Reviewer } from './review/reviewer.ts';
import { signatureGone } from './review/typed.ts';

export const command = (open: OpenContext) =>
  hectorCommand('import', {
    summary: 'take the decisions of a sheet',
    description:
      'Reads a sheet of hector message export with its column decision filled in: approve, reject, skip (the person gets nothing more), rewrite, or nothing, in English or French. A changed text is taken as an edit. Rows that cannot be done are named, the others are done; what was done before is not done again.',
    examples: [
      'hector message import texts.csv --dry-run   # what it would do',
      'hector message import texts.csv',
    ],
  })
    .argument('<file>', 'the sheet, or - for stdin')
    .option('--dry-run', 'show what it would do; change nothing')
    .action(async (file, options) => importDecisions(open(options), file, options.dryRun === true));

interface Outcome {
  counts: Record<
    'approved' | 'rejected' | 'stopped' | 'rewritten' | 'waiting' | 'already' | 'edited',
    number
  >;
  bad: BadRow[];
  /** Rows whose text has lost its signature. */
  unsigned: (SheetPlace & { gone: readonly string[] })[];
}

const EXPORT = 'hector message export --csv --out texts.csv';

export async function importDecisions(context: Context, file: string, dryRun: boolean): Promise<void> {
  if (file === '-' && context.io.stdin.isTTY)
    throw usageError(
      'stdin is the keyboard: name a file or pipe one in',
      'hector message import - < texts.csv',
    );
  const reviewer = new Reviewer(context, await context.stores.reviews());
  const list = await opened(context, file);
  try {
    report(context, await take(context, reviewer, list, dryRun), dryRun);
  } finally {
    await list.close();
  }
}

/** A file that is no list is told with the command that makes a sheet, not with the one that reads people. */
async function opened(context: Context, file: string): Promise<CsvList> {
  try {
    return await context.csvFile(file, { encoding: null, delimiter: null, known: isSheetHeader });
  } catch (error) {
    if (error instanceof UserError && error.next?.startsWith('hector prospect import'))
      throw new UserError(error.message, { exitCode: error.exitCode, next: EXPORT });
    throw error;
  }
}

async function take(context: Context, reviewer: Reviewer, list: CsvList, dryRun: boolean): Promise<Outcome> {
  const counts = { approved: 0, rejected: 0, stopped: 0, rewritten: 0, waiting: 0, already: 0, edited: 0 };
  const outcome: Outcome = { counts, bad: [], unsigned: [] };
  let [rows, known, readable] = [0, 0, 0];
  for await (const row of sheetRows(list)) {
    rows += 1;
    if ('why' in row) {
      outcome.bad.push(row);
      continue;
    }
    const result = await carryOut(context, reviewer, { row, dryRun, encoding: list.encoding });
    readable += 1;
    if (result.known) known += 1;
    if (result.status === 'bad') outcome.bad.push({ ...placeOf(row), why: result.why });
    else {
      counts[result.status] += 1;
      if (result.edited) counts.edited += 1;
      if (result.gone.length > 0) outcome.unsigned.push({ ...placeOf(row), gone: result.gone });
    }
  }
  if (rows === 0) throw failure(`${list.name} has a header but no rows`, EXPORT);
  // Nothing has been done then: what is decided is decided of a text that is known.
  if (readable > 0 && known === 0)
    throw failure(
      `none of the texts of ${list.name} is one of this workspace as it stands: the sheet is of another one, or older than its texts`,
      EXPORT,
    );
  return outcome;
}

function report(context: Context, { counts, bad, unsigned }: Outcome, dryRun: boolean): void {
  if (bad.length > 0) context.exitCode = EXIT.failed;
  const { io } = context;
  for (const row of unsigned) io.warn(printable(`${placeText(row)}: ${signatureGone(row.gone)}`));
  const { already, ...others } = counts;
  if (context.json) {
    printJson(context.io, {
      ...{ dry_run: dryRun, ...others, already_done: already },
      refused: bad.map(({ row, line, id, person, why }) => ({ row, line, id, person, why })),
    });
    return;
  }
  for (const row of bad) io.warn(printable(`${placeText(row)}: ${row.why.replace(/^message \d+ /, '')}`));
  const { approved, rejected, stopped, rewritten, waiting, edited } = counts;
  io.out(
    `${dryRun ? 'It would be' : 'Done'}: approved ${approved}, rejected ${rejected}, stopped ${stopped}, rewritten ${rewritten}; ${counted(edited, 'text')} changed, ${waiting} left waiting${already > 0 ? `, ${already} already done` : ''}.`,
  );
  if (bad.length > 0) io.note(`${counted(bad.length, 'row')} not done: mend and import the sheet again.`);
  if (!dryRun && approved > 0) io.note('Next: hector tick');
}

/** `row 3 (message 12, Claire Durand)` */
function placeText({ row, id, person }: SheetPlace): string {
  const whose = [/^#?\d+$/.test(id) ? `message ${id.replace('#', '')}` : '', person]
    .filter(Boolean)
    .join(', ');
  return `row ${row}${whose === '' ? '' : ` (${whose})`}`;
}
