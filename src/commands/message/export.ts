import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Context } from '../../context.ts';
import { usageError } from '../../errors.ts';
import { printCsv } from '../../io/csv.ts';
import { writePrivateFile } from '../../io/private-file.ts';
import { printJson } from '../../io/table.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { counted } from '../counted.ts';
import { draftJson } from './review/print.ts';
import { SHEET } from './review/sheet.ts';

export interface ExportOptions {
  campaign: string | null;
  /** Null: stdout. */
  out: string | null;
  excelFr: boolean;
  /** Replace a file that is there. */
  force: boolean;
}

export const command = (open: OpenContext) =>
  hectorCommand('export', {
    summary: 'a sheet of the texts that wait for approval',
    description:
      'Writes the texts that wait for approval as CSV: read them in a spreadsheet, change subject and text if need be, fill in the column decision, and give the file to hector message import. Cells a spreadsheet would run as formulas are disarmed.',
    examples: [
      'hector message export --csv --out texts.csv',
      "hector message export --csv --excel-fr --campaign 'PME Ouest' --out textes.csv",
    ],
  })
    .option('--csv', 'as CSV, which it is anyway')
    .option('--campaign <name>', 'only this campaign')
    .option('--excel-fr', 'for French Excel: semicolons, UTF-8 with BOM')
    .option('--out <file>', 'where to (default: stdout)')
    .option('--force', 'replace the file if it is there')
    .action(async (options) =>
      exportDrafts(open(options), {
        campaign: options.campaign ?? null,
        out: options.out ?? null,
        excelFr: options.excelFr === true,
        force: options.force === true,
      }),
    );

export async function exportDrafts(context: Context, options: ExportOptions): Promise<void> {
  const file = options.out === null ? null : resolve(context.cwd, options.out);
  // It may be the sheet that somebody has filled in.
  if (file !== null && !options.force && statSync(file, { throwIfNoEntry: false })?.isFile())
    throw usageError(
      `${options.out} is there already and would be replaced`,
      `hector message export --csv --out '${options.out}' --force`,
    );
  const { campaign, excelFr } = options;
  const store = await context.stores.reviews();
  const drafts = await store.list({ campaign, channel: null, step: null }, null);
  if (context.json) return printJson(context.io, drafts.map(draftJson));
  if (drafts.length === 0 && file !== null)
    return context.io.note(`No text waits for approval: ${options.out} was not written.`);
  const fill = (out: NodeJS.WritableStream): Promise<void> => printCsv(out, SHEET, drafts, { excelFr });
  if (file === null) await fill(context.io.stdout);
  else await writePrivateFile(file, fill);
  if (drafts.length === 0) return context.io.note('No text waits for approval. Next: hector status');
  if (options.out === null) return;
  context.io.note(`${counted(drafts.length, 'text')} written to ${options.out}.`);
  context.io.note(
    'In the column decision: approve, reject, skip (the person gets nothing more), rewrite (what should be otherwise: remark), or nothing.',
  );
  context.io.note(`Then: hector message import '${options.out}' --dry-run`);
}
