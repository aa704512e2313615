import type { Scenario } from '../../../engine/scenario/scenario.ts';
import { wrapped } from '../../../io/wrap.ts';
import { printable } from '../../../io.ts';
import { datedSteps } from '../../scenario/show.ts';
import { campaignName } from '../settings.ts';
import { askChoice, askLine, askOptional } from './ask.ts';
import type { Question } from './question.ts';
import type { Wizard } from './wizard.ts';

const HELP = 'hector campaign create --help';

/** Steps 1 and 2. */
export const SCENARIO_QUESTIONS: readonly Question[] = [
  { step: 1, gives: 'name', ask: askName },
  { step: 1, gives: 'objective', ask: askObjective },
  { step: 2, gives: 'scenario', ask: askScenario },
];

async function askName(wizard: Wizard): Promise<boolean> {
  const answer = await askLine(wizard.context, 'Name of the campaign', {
    standing: wizard.answers.name ?? '',
    // Storing it finds out whether another campaign or draft has it.
    check: (typed) => wizard.keep({ name: campaignName(typed, HELP) }),
  });
  return answer !== null;
}

async function askObjective(wizard: Wizard): Promise<boolean> {
  const objective = await askOptional(wizard.context, 'Objective, which the texts may use', {
    standing: wizard.answers.objective ?? '',
    check: () => undefined,
  });
  if (objective === null) return false;
  await wizard.keep({ objective });
  return true;
}

const OTHER = ' other';

async function askScenario(wizard: Wizard): Promise<boolean> {
  const { context, answers } = wizard;
  const library = await context.library();
  const entries = await library.list((problem) => context.io.warn(`left out: ${printable(problem)}`));
  const standing = answers.scenario;
  const options = entries.map(({ scenario, builtIn }) => ({
    name: printable(
      `${scenario.slug} - ${scenario.steps.length} steps, ${scenario.duration_days} days, ${channelsOf(scenario)}${builtIn ? '' : ', of this workspace'}`,
    ),
    value: scenario.slug,
    description: describedFor(context.io.width, scenario),
  }));
  const listed = options.some(({ value }) => value === standing);
  const chosen = await askChoice(
    context,
    'Scenario',
    [...options, { name: 'another: type its slug or file', value: OTHER }],
    standing === undefined ? undefined : listed ? standing : OTHER,
  );
  if (chosen === null) return false;
  const problem = chosen === OTHER ? null : await library.load(chosen).catch((error: unknown) => error);
  if (problem instanceof Error) {
    context.io.warn(printable(problem.message));
    return askScenario(wizard);
  }
  const scenario =
    chosen === OTHER
      ? await askLine(context, 'Slug or file', {
          standing: listed ? '' : (standing ?? ''),
          check: (typed) => library.load(typed),
        })
      : chosen;
  if (scenario === null) return askScenario(wizard);
  await wizard.keep({ scenario });
  return true;
}

/** What it is for, and which touch comes when, if nothing holds a step back. */
function describedFor(width: number, scenario: Scenario): string {
  const touches = datedSteps(scenario).map(({ day, step: { channel, kind } }) =>
    channel === kind ? `day ${day} ${channel}` : `day ${day} ${channel} ${kind}`,
  );
  return [`${scenario.description} (${scenario.target})`, touches.join(', ')]
    .flatMap((text) => wrapped(printable(text), width - 1))
    .join('\n');
}

const channelsOf = ({ steps }: { steps: readonly { channel: string }[] }): string =>
  [...new Set(steps.map(({ channel }) => channel))].join(' ');
