import type { Context } from '../../context.ts';
import { approximateDays } from '../../engine/dates/duration.ts';
import type { Language } from '../../engine/model.ts';
import type { LoadedScenario } from '../../engine/ports/texts.ts';
import { durationOf, type Scenario, type Step } from '../../engine/scenario/scenario.ts';
import { printJson } from '../../io/table.ts';
import { wrapped } from '../../io/wrap.ts';
import { type Io, printable } from '../../io.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { counted } from '../counted.ts';
import { languageOption } from './language.ts';
import { percent } from './list.ts';

export const command = (open: OpenContext) =>
  hectorCommand('show', {
    summary: 'one scenario, step by step, with its texts',
    description:
      'What happens on which day, on which channel, on what condition, and the text that stands behind it.',
    examples: ['hector scenario show connexion-douce', 'hector scenario show connexion-douce --language en'],
  })
    .argument('<scenario>', 'its slug, or a YAML file')
    .option('--language <code>', 'the texts of this language: fr or en (default: that of the scenario)')
    .action(async (scenario, options) =>
      showScenario(open(options), { scenario, language: options.language }),
    );

export async function showScenario(
  context: Context,
  options: { scenario: string; language: string | undefined },
): Promise<void> {
  const language = languageOption(options.language);
  const library = await context.library();
  const loaded = await library.load(options.scenario, language);
  const shown = language ?? loaded.scenario.language;
  if (context.json) printJson(context.io, asJson(loaded, shown));
  else printScenario(context.io, loaded, shown);
}

export interface DatedStep {
  step: Step;
  /** Days after enrolment, when every touch happens on time; whole business days count as a week's share. */
  day: number;
}

export function datedSteps({ steps }: Scenario): DatedStep[] {
  let day = 0;
  return steps.map((step) => {
    day += approximateDays(durationOf(step.wait));
    return { step, day: Number(day.toFixed(1)) };
  });
}

function printScenario(io: Io, { scenario, templates, file }: LoadedScenario, language: Language): void {
  const paragraph = (text: string, indent = '') => {
    for (const line of wrapped(printable(text), io.width, indent)) io.out(line);
  };
  const rate = percent(scenario.expected_reply_rate);
  io.out(`${io.color.bold(printable(scenario.name))} (${scenario.slug})`);
  paragraph(scenario.description);
  paragraph(`For: ${scenario.target}`);
  paragraph(
    `${counted(scenario.steps.length, 'step')}, ${counted(scenario.duration_days, 'day')}, texts in ${language}${rate ? `, ${rate} replies expected` : ''}`,
  );
  paragraph(`Stops on: ${scenario.stop_on.join(', ') || 'nothing'}`);
  io.out(`File: ${printable(file)}`);
  for (const [index, dated] of datedSteps(scenario).entries()) {
    const { step } = dated;
    io.out('');
    io.out(io.color.bold(`${index + 1}. ${step.id}  day ${dated.day}, ${step.channel}, ${step.kind}`));
    for (const line of stepLines(step)) paragraph(line, '   ');
    for (const { name, source } of textsOf(step, templates)) printText(io, name, source);
  }
}

function stepLines(step: Step): string[] {
  const lines = [`Objective: ${step.objective}`];
  if (step.cta) lines.push(`Asks: ${step.cta}`);
  lines.push(`Wait: ${step.wait}; may be up to ${step.expires} late`);
  if (step.when) lines.push(`When: ${conditionWords(step.when)}; otherwise ${step.otherwise ?? 'skip'}`);
  if (step.fallback.length > 0) lines.push(`Without address: ${step.fallback.join(', then ')}`);
  if (step.also.length > 0) lines.push(`At the same time: ${step.also.join(', ')}`);
  return lines;
}

function conditionWords({ accepted, delivered, within }: NonNullable<Step['when']>): string {
  const fact =
    accepted === undefined ? `${delivered ? '' : 'not '}delivered` : `${accepted ? '' : 'not '}accepted`;
  return within ? `${fact} within ${within}` : fact;
}

function textsOf(step: Step, templates: LoadedScenario['templates']): { name: string; source: string }[] {
  const names = step.variants.length > 0 ? step.variants.map(({ template }) => template) : [step.template];
  return names.map((name) => ({ name, source: templates[name] ?? '' }));
}

function printText(io: Io, name: string, source: string): void {
  io.out(io.color.dim(`   Text ${name}:`));
  for (const line of source.trim().split(/\r?\n/))
    for (const part of wrapped(printable(line), io.width, '   | ')) io.out(part.trimEnd());
}

const asJson = ({ scenario, templates, hash, file }: LoadedScenario, language: Language) => ({
  slug: scenario.slug,
  name: scenario.name,
  description: scenario.description,
  target: scenario.target,
  duration_days: scenario.duration_days,
  expected_reply_rate: scenario.expected_reply_rate ?? null,
  language,
  stop_on: scenario.stop_on,
  company_stop: scenario.company_stop,
  file,
  hash,
  steps: datedSteps(scenario).map(({ step, day }) => ({
    ...step,
    day,
    length: step.length ?? null,
    cta: step.cta ?? null,
    when: step.when ?? null,
    otherwise: step.otherwise ?? null,
    texts: textsOf(step, templates),
  })),
});
