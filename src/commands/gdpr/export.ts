import { Option } from '@commander-js/extra-typings';
import type { Context } from '../../context.ts';
import { LANGUAGES } from '../../engine/model.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import type { ExportPersonOptions } from './export/write.ts';

export const command = (open: OpenContext) =>
  hectorCommand('export', {
    summary: 'all that is held about one person, for whoever asks for their data',
    description:
      'Writes all that is held about one person (GDPR article 15): facts and where they come from, campaigns, texts, answers, what Claude was asked, entries of the blacklist, files in the outbox. On stdout as a readable text, with --json as JSON; with --output both as files that only you may read.',
    examples: [
      'hector gdpr export claire.durand@ads.example',
      'hector gdpr export 12 --output requests/   # hector-person-12.json and .txt',
      'hector gdpr export 12 --json | less',
    ],
  })
    .argument('<prospect>', 'id, e-mail address, LinkedIn address or slug, phone number, or name')
    .option('--output <folder>', 'write both forms into this folder')
    .addOption(
      new Option('--language <code>', 'of the readable text').choices(LANGUAGES).default('fr' as const),
    )
    .action(async (prospect, options) => {
      await exportPerson(open(options), {
        prospect,
        output: options.output ?? null,
        language: options.language,
      });
    });

export async function exportPerson(context: Context, options: ExportPersonOptions): Promise<void> {
  const { writeExport } = await import('./export/write.ts');
  await writeExport(context, options);
}
