import type { Context } from '../../context.ts';
import { CHANNELS, type Channel, type Prospect, type SuppressionKey } from '../../engine/model.ts';
import type { LoadedScenario } from '../../engine/ports/texts.ts';
import { suppressionKeys } from '../../engine/suppression.ts';
import type { Exchange } from '../../engine/texts/facts.ts';
import { usageError } from '../../errors.ts';
import { whileClaudeWrites } from '../claude-writes.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { languageOption } from './language.ts';

export const command = (open: OpenContext) =>
  hectorCommand('preview', {
    summary: 'the texts a scenario would send to one person',
    description:
      'Writes the texts of a scenario for one person, before any campaign exists, each as if those before it had been sent. By template; with --ai by Claude, which is paid for. Nothing is sent.',
    examples: [
      'hector scenario preview connexion-douce            # for somebody made up',
      "hector scenario preview connexion-douce --prospect 'Claire Durand' --step email-question --ai",
    ],
  })
    .argument('<scenario>', 'its slug, or a YAML file')
    .option('--prospect <person>', 'a name, an address, a number; or somebody made up', 'sample')
    .option('--step <id>', 'only this step')
    .option('--ai', 'by Claude: the answers are kept, and paid for')
    .option('--channel <channel>', 'as if it went by linkedin, email or sms')
    .option('--language <code>', 'fr or en (default: that of the scenario)')
    .action(async (scenario, options) =>
      previewScenario(open(options), {
        scenario,
        prospect: options.prospect,
        step: options.step ?? null,
        ai: options.ai === true,
        channel: options.channel,
        language: options.language,
      }),
    );

export interface PreviewOptions {
  scenario: string;
  prospect: string;
  step: string | null;
  ai: boolean;
  channel: string | undefined;
  language: string | undefined;
}

export async function previewScenario(context: Context, options: PreviewOptions): Promise<void> {
  const language = languageOption(options.language);
  const channel = channelOption(options.channel);
  const loaded = await (await context.library()).load(options.scenario, language);
  expectStep(loaded, options.step);
  const person = await personFor(context, options.prospect);
  const [{ previewSteps }, { printPreview }, rules, templates] = await Promise.all([
    import('./preview/steps.ts'),
    import('./preview/print.ts'),
    context.previewRules(),
    context.previewer('template'),
  ]);
  const shown = { loaded, language: language ?? loaded.scenario.language, ...person };
  const writing = previewSteps({
    ...{ ...shown, rules, templates, channel },
    writer: options.ai ? await context.previewer('claude') : templates,
    only: options.step,
    now: context.now(),
  });
  const steps = options.ai ? await whileClaudeWrites(context.io, writing) : await writing;
  printPreview(context, { ...shown, steps });
}

interface Person {
  prospect: Prospect;
  exchanges: readonly Exchange[];
  suppressedBy: SuppressionKey | null;
}

async function personFor(context: Context, reference: string): Promise<Person> {
  if (reference === 'sample') {
    const { SAMPLE_PERSON } = await import('../../engine/lint/sample.ts');
    return { prospect: SAMPLE_PERSON, exchanges: [], suppressedBy: null };
  }
  const { country } = await context.config();
  const prospect = await (await context.stores.people()).find(reference, country);
  const { id } = prospect;
  const { EXCHANGES } = await import('../../engine/tick/message.ts');
  const [exchanges, suppressed] = await Promise.all([
    (await context.stores.ticks()).exchanges([id], 'live', EXCHANGES),
    (await context.stores.suppressions()).suppressed([{ id, keys: suppressionKeys(prospect) }]),
  ]);
  return { prospect, exchanges: exchanges.get(id) ?? [], suppressedBy: suppressed.get(id) ?? null };
}

function channelOption(typed: string | undefined): Channel | null {
  const channel = CHANNELS.find((each) => each === typed?.toLowerCase());
  if (typed !== undefined && !channel)
    throw usageError(`unknown channel "${typed}", allowed: ${CHANNELS.join(', ')}`);
  return channel ?? null;
}

function expectStep({ scenario: { slug, steps } }: LoadedScenario, id: string | null): void {
  if (id !== null && !steps.some((step) => step.id === id))
    throw usageError(
      `${slug} has no step "${id}", it has: ${steps.map((step) => step.id).join(', ')}`,
      `hector scenario show ${slug}`,
    );
}
