import type { Context } from '../../context.ts';
import { EXIT } from '../../errors.ts';
import { printJson } from '../../io/table.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { counted } from '../counted.ts';
import { findingJson, findingLine } from '../finding-line.ts';
import { languageOption } from './language.ts';

export const command = (open: OpenContext) =>
  hectorCommand('lint', {
    summary: 'check scenarios and their texts',
    description:
      'Checks scenarios and their texts: format, conditions, variables, lengths, opt-out, typography. Exit 1 on errors.',
    examples: [
      'hector scenario lint',
      'hector scenario lint connexion-douce --language fr',
      'hector scenario lint ./scenarios/mine.yaml --strict',
    ],
  })
    .argument('[scenarios...]', 'slugs or YAML files (default: every scenario there is)')
    .option('--language <code>', 'check only the texts of this language: fr or en')
    .option('--strict', 'warnings fail too')
    .action(async (references, options) =>
      lintScenarios(open(options), {
        references,
        language: options.language,
        strict: options.strict === true,
      }),
    );

export async function lintScenarios(
  context: Context,
  options: { references: readonly string[]; language: string | undefined; strict: boolean },
): Promise<void> {
  const { io } = context;
  const language = languageOption(options.language);
  const linter = await context.linter();
  const { scenarios, findings } = await linter.lint(options.references, language);
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const warnings = findings.length - errors;
  if (errors > 0 || (options.strict && warnings > 0)) context.exitCode = EXIT.failed;
  if (context.json)
    return printJson(io, { scenarios, errors, warnings, findings: findings.map(findingJson) });
  for (const finding of findings) io.out(findingLine(io, context.cwd, finding));
  io.note(
    `${counted(scenarios, 'scenario')} checked: ${counted(errors, 'error')}, ${counted(warnings, 'warning')}`,
  );
}
