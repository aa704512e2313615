import type { Context } from '../../context.ts';
import type { CsvList } from '../../engine/ports/imports.ts';
import { EXIT, usageError } from '../../errors.ts';
import { printJson } from '../../io/table.ts';
import { printable } from '../../io.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { counted } from '../counted.ts';
import { carryOut, type RowResult } from './review/carry-out.ts';
import { type BadRow, isSheetHeader, sheetRows } from './review/read-sheet.ts';
import { Reviewer } from './review/reviewer.ts';

export const command = (open: OpenContext) =>
  hectorCommand('import', {
    summary: 'take the decisions of a sheet',
    description:
      'Reads a sheet of hector message export with its column decision filled in: approve, reject, skip (the person gets nothing more), rewrite, or nothing, in English or French. A changed text is taken as an edit. Rows that cannot be done are named; the others are done.',
    examples: [
      'hector message import texts.csv --dry-run   # what it would do',
      'hector message import texts.csv',
    ],
  })
    .argument('<file>', 'the sheet, or - for stdin')
    .option('--dry-run', 'show what it would do; change nothing')
    .action(async (file, options) => importDecisions(open(options), file, options.dryRun === true));

interface Outcome {
  counts: Record<Exclude<RowResult['status'], 'bad'> | 'edited', number>;
  bad: BadRow[];
}

export async function importDecisions(context: Context, file: string, dryRun: boolean): Promise<void> {
  if (file === '-' && context.io.stdin.isTTY)
    throw usageError(
      'stdin is the keyboard: name a file or pipe one in',
      'hector message import - < texts.csv',
    );
  const reviewer = new Reviewer(context, await context.reviewStore());
  const list = await context.csvFile(file, { encoding: null, delimiter: null, known: isSheetHeader });
  try {
    report(context, await take(context, reviewer, list, dryRun), dryRun);
  } finally {
    await list.close();
  }
}

async function take(context: Context, reviewer: Reviewer, list: CsvList, dryRun: boolean): Promise<Outcome> {
  const counts = { approved: 0, rejected: 0, stopped: 0, rewritten: 0, waiting: 0, edited: 0 };
  const bad: BadRow[] = [];
  for await (const row of sheetRows(list)) {
    if ('why' in row) {
      bad.push(row);
      continue;
    }
    const result = await carryOut(context, reviewer, { row, dryRun, encoding: list.encoding });
    if (result.status === 'bad') bad.push({ line: row.line, id: String(row.messageId), why: result.why });
    else {
      counts[result.status] += 1;
      if (result.edited) counts.edited += 1;
    }
  }
  return { counts, bad };
}

function report(context: Context, { counts, bad }: Outcome, dryRun: boolean): void {
  if (bad.length > 0) context.exitCode = EXIT.failed;
  if (context.json) {
    printJson(context.io, {
      ...{ dry_run: dryRun, ...counts },
      refused: bad.map(({ line, id, why }) => ({ line, id, why })),
    });
    return;
  }
  const { io } = context;
  for (const { line, why } of bad) io.warn(printable(`line ${line}: ${why}`));
  const { approved, rejected, stopped, rewritten, waiting, edited } = counts;
  io.out(
    `${dryRun ? 'It would be' : 'Done'}: approved ${approved}, rejected ${rejected}, stopped ${stopped}, rewritten ${rewritten}; ${counted(edited, 'text')} changed, ${waiting} left waiting.`,
  );
  if (bad.length > 0) io.note(`${counted(bad.length, 'row')} not done: mend and import the sheet again.`);
  if (!dryRun && approved > 0) io.note('Next: hector tick');
}
