import type { Context } from '../../context.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import type { BlacklistImportOptions } from './import/report.ts';
import { kindOption } from './keys.ts';

export const command = (open: OpenContext) =>
  hectorCommand('import', {
    summary: 'take in an existing opposition list',
    description:
      'Takes in a list of people and firms who must not be contacted: one value a line, or a CSV file with columns for value, kind, reason, source and expiry, whatever their order and language. Values may be hashed (SHA-256, SHA-1, MD5 of the e-mail address in lower case). Whoever they match is stopped at once, in all campaigns. Taking the same list in again changes nothing; refused rows go to FILE.refused.csv.',
    examples: [
      'hector blacklist import oppositions.csv --dry-run   # what would happen; writes nothing',
      'hector blacklist import oppositions.csv --reason "bloctel" --expires 3y',
      'hector blacklist import hashes.txt --kind phone     # one hash of a number a line',
      'hector blacklist export --hash sha256 | hector blacklist import - --workspace other',
    ],
  })
    .argument('<file>', 'a CSV file or one value a line, or - for stdin')
    .addOption(kindOption())
    .option('--reason <text>', 'why, where the list does not say (default: imported)')
    .option(
      '--source <text>',
      'where it comes from, where the list does not say (default: the name of the file)',
    )
    .option('--expires <date|period>', 'until when, where the list does not say (default: for good)')
    .option('--dry-run', 'say what would happen, and write nothing')
    .option('--encoding <name>', 'utf-8, utf-16le, utf-16be or windows-1252 (default: found)')
    .option('--delimiter <char>', 'one character, or "tab" (default: found)')
    .action(async (file, options) => {
      await importBlacklist(open(options), file, {
        kind: options.kind ?? null,
        reason: options.reason ?? null,
        source: options.source ?? null,
        expires: options.expires ?? null,
        dryRun: options.dryRun === true,
        encoding: options.encoding ?? null,
        delimiter: options.delimiter ?? null,
      });
    });

export async function importBlacklist(
  context: Context,
  file: string,
  options: BlacklistImportOptions,
): Promise<void> {
  const { takeListIn } = await import('./import/take-in.ts');
  await takeListIn(context, file, options);
}
