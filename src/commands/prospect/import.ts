import { Option } from '@commander-js/extra-typings';
import type { Context } from '../../context.ts';
import type { CsvList } from '../../engine/ports/imports.ts';
import { usageError } from '../../errors.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { counted } from '../counted.ts';
import type { ImportOptions } from './import/options.ts';
import type { FinishedImport } from './import/report.ts';

export const command = (open: OpenContext) =>
  hectorCommand('import', {
    summary: 'take people in from a CSV file',
    description:
      'Takes people in from a CSV file: encoding, delimiter and columns are found by themselves, values are brought ' +
      'to one form, people who are known already are completed. Refused rows go to FILE.refused.csv.',
    examples: [
      'hector prospect import prospects.csv --dry-run   # what would happen; writes nothing',
      'hector prospect import prospects.csv --campaign "PME Lyon"',
      "hector prospect import list.csv --map 'Interlocuteur=full_name' --map 'Secteur=custom.secteur'",
      'hector prospect import --undo 3                  # take import 3 back',
    ],
  })
    .argument('[file]', 'a CSV file, or - for stdin')
    .option(
      '--map <column=field>',
      'what a column means: a field, custom.NAME, or skip (repeatable)',
      collect,
      [],
    )
    .option('--campaign <name>', 'enrol everybody in the list into this campaign')
    .option('--again', 'with --campaign: also people who have had its scenario before')
    .option('--update', 'let the list overwrite what is known; else it only fills what is empty')
    .option('--dry-run', 'say what would happen, and write nothing')
    .option('--encoding <name>', 'utf-8, utf-16le, utf-16be or windows-1252 (default: found)')
    .option('--delimiter <char>', 'one character, or "tab" (default: found)')
    .addOption(
      new Option('--undo <id>', 'take an import back: who was contacted since stays').conflicts([
        'dryRun',
        'update',
        'campaign',
        'map',
      ]),
    )
    .action(async (file, options) => {
      const context = open(options);
      if (options.undo !== undefined) {
        if (file !== undefined)
          throw usageError('--undo takes no FILE', `hector prospect import --undo ${options.undo}`);
        return undoProspectImport(context, options.undo);
      }
      if (options.again && options.campaign === undefined)
        throw usageError('--again goes with --campaign', 'hector prospect import --help');
      if (file === undefined) throw usageError('which FILE?', 'hector prospect import prospects.csv');
      await importProspects(context, file, options);
    });

const collect = (value: string, before: string[]): string[] => [...before, value];

/** @throws UserError; then nothing of the list is in the base, or the line says how to take it back. */
export async function importProspects(
  context: Context,
  file: string,
  options: ImportOptions,
): Promise<FinishedImport> {
  if (file === '-' && context.io.stdin.isTTY)
    throw usageError(
      'stdin is the keyboard: name a file or pipe one in',
      'hector prospect import - < prospects.csv',
    );
  const config = await context.config();
  const now = context.now();
  // Enrolling nobody tells whether the campaign is there, before minutes are spent on the list.
  const enroller = options.campaign === undefined ? null : await context.stores.enroller();
  if (enroller && options.campaign !== undefined)
    await enroller.enrol(options.campaignId ?? options.campaign, [], now);
  const [{ headerRecogniser, settlePlan }, { runAndReport }] = await Promise.all([
    import('./import/plan.ts'),
    import('./import/report.ts'),
  ]);
  const list: CsvList = await context.csvFile(file, {
    encoding: options.encoding ?? null,
    delimiter: options.delimiter ?? null,
    known: headerRecogniser(options.map ?? []),
  });
  try {
    const plan = settlePlan(list, options.map ?? []);
    return await runAndReport(context, { list, plan, options, enroller, country: config.country, now });
  } finally {
    await list.close();
  }
}

export async function undoProspectImport(context: Context, id: string): Promise<void> {
  if (!/^[1-9]\d{0,14}$/.test(id))
    throw usageError(`no import id: "${id}"`, 'hector prospect import --undo 1');
  const store = await context.stores.imports();
  const result = await store.undo(Number(id), context.now());
  if (context.json) {
    const { printJson } = await import('../../io/table.ts');
    return printJson(context.io, { import_id: Number(id), ...result });
  }
  const { removed, restored, kept } = result;
  context.io.out(
    `import ${id} undone: ${counted(removed, 'person', 'people')} removed, ${restored} as before, ${kept} kept`,
  );
  if (kept > 0) context.io.note('Kept: people with a message or an answer, or completed by a later import.');
}
