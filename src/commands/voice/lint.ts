import type { Context } from '../../context.ts';
import { EXIT } from '../../errors.ts';
import { printJson } from '../../io/table.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { counted } from '../counted.ts';
import { findingJson, findingLine } from '../finding-line.ts';

export const command = (open: OpenContext) =>
  hectorCommand('lint', {
    summary: 'check voices: proofs, links, words, identity',
    description:
      'Checks voices: format, proofs without source, links, words used both ways, identity, length. Exit 1 on errors.',
    examples: [
      'hector voice lint',
      'hector voice lint voice.yaml',
      'hector voice lint groupe-services --strict',
    ],
  })
    .argument('[voices...]', 'names or YAML files (default: every voice of the workspace)')
    .option('--strict', 'warnings fail too')
    .action(async (references, options) =>
      lintVoices(open(options), { references, strict: options.strict === true }),
    );

export async function lintVoices(
  context: Context,
  options: { references: readonly string[]; strict: boolean },
): Promise<void> {
  const { io } = context;
  const { voices, findings } = await (await context.voices()).lint(options.references);
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const warnings = findings.length - errors;
  if (errors > 0 || (options.strict && warnings > 0)) context.exitCode = EXIT.failed;
  if (context.json) return printJson(io, { voices, errors, warnings, findings: findings.map(findingJson) });
  for (const finding of findings) io.out(findingLine(io, context.cwd, finding));
  if (voices === 0) return io.note('This workspace has no voice of its own. Begin with: hector voice list');
  io.note(
    `${counted(voices, 'voice')} checked: ${counted(errors, 'error')}, ${counted(warnings, 'warning')}`,
  );
}
