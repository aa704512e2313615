import { resolve } from 'node:path';
import { Option } from '@commander-js/extra-typings';
import type { Context } from '../context.ts';
import { type ModeReport, REHEARSAL, reportOf } from '../engine/report.ts';
import { usageError } from '../errors.ts';
import { printJson } from '../io/table.ts';
import { hectorCommand, type OpenContext } from './command.ts';
import { counted } from './counted.ts';

export const command = (open: OpenContext) =>
  hectorCommand('report', {
    summary: 'the funnel of all campaigns, or of one',
    description:
      'Shows how far people got: enrolled, contacted, accepted, delivered, replied, meeting, completed, stopped; by step and by channel. Rehearsals are counted apart from live campaigns.',
    examples: [
      'hector report',
      'hector report "Relance Q1"',
      '# for French Excel',
      'hector report --csv funnel.csv --excel-fr',
    ],
  })
    .argument('[campaign]', 'its name (default: all)')
    .option('--campaign <name>', 'the same as the argument')
    .addOption(new Option('--csv [file]', 'CSV into a file, or to stdout').conflicts('json'))
    .addOption(
      new Option('--excel-fr', 'CSV for French Excel: semicolons, decimal commas, UTF-8 with BOM').conflicts(
        'json',
      ),
    )
    .action(async (name, options) => {
      if (name !== undefined && options.campaign !== undefined && name !== options.campaign)
        throw usageError(`two campaigns named, "${name}" and "${options.campaign}"`, 'hector report --help');
      const csv = options.csv ?? options.excelFr;
      await report(open(options), {
        campaign: name ?? options.campaign,
        csv: csv === true || csv === '-' ? 'stdout' : typeof csv === 'string' ? { file: csv } : undefined,
        excelFr: options.excelFr === true,
      });
    });

export interface ReportOptions {
  /** A campaign's name; all campaigns without it. */
  campaign?: string | undefined;
  csv?: 'stdout' | { file: string } | undefined;
  excelFr: boolean;
}

export async function report(context: Context, options: ReportOptions): Promise<void> {
  const reports = await readReports(context, options.campaign);
  const single = options.campaign !== undefined;
  if (context.json) {
    const { reportJson } = await import('./report/json.ts');
    return printJson(context.io, reportJson(reports));
  }
  if (options.csv) return exportCsv(context, reports, { ...options, csv: options.csv, single });
  if (reports.length === 0) return context.io.note('No campaigns yet. Next: hector campaign create --help');
  const { gap, printCampaign, printMode } = await import('./report/tables.ts');
  for (const [index, each] of reports.entries()) {
    if (index > 0) gap(context.io);
    if (single) for (const campaign of each.campaigns) await printCampaign(context.io, campaign);
    else await printMode(context.io, each);
  }
}

export async function readReports(context: Context, name: string | undefined): Promise<ModeReport[]> {
  const store = await context.stores.report();
  // An unknown name is refused there, with a suggestion.
  const only = name === undefined ? null : (await (await context.stores.campaigns()).find(name)).id;
  const campaigns = (await store.campaigns()).filter(({ id }) => only === null || id === only);
  const ids = campaigns.map(({ id }) => id);
  return reportOf(campaigns, await store.funnels(ids), await store.touches(ids), await store.spending(ids));
}

async function exportCsv(
  { io, cwd }: Context,
  reports: readonly ModeReport[],
  { csv, single, excelFr }: { csv: 'stdout' | { file: string }; single: boolean; excelFr: boolean },
): Promise<void> {
  const [{ printCsv }, { REPORT_COLUMNS, reportRows }] = await Promise.all([
    import('../io/csv.ts'),
    import('./report/csv.ts'),
  ]);
  const rows = reportRows(reports, single);
  const print = (out: NodeJS.WritableStream) => printCsv(out, REPORT_COLUMNS, rows, { excelFr });
  if (csv === 'stdout') await print(io.stdout);
  else await writeTo(resolve(cwd, csv.file), print);
  if (reports.some(({ mode }) => mode === 'rehearsal')) io.note(REHEARSAL);
  if (csv !== 'stdout') io.note(`${counted(rows.length, 'line')} in ${csv.file}`);
}

async function writeTo(file: string, print: (out: NodeJS.WritableStream) => Promise<void>): Promise<void> {
  const { writePrivateFile } = await import('../io/private-file.ts');
  await writePrivateFile(file, print);
}
