import type { Context } from '../../context.ts';
import type { Scenario } from '../../engine/scenario/scenario.ts';
import { EXIT } from '../../errors.ts';
import { type Column, printJson, printTable } from '../../io/table.ts';
import { printable } from '../../io.ts';
import { hectorCommand, type OpenContext } from '../command.ts';

export const command = (open: OpenContext) =>
  hectorCommand('list', {
    summary: 'the scenarios there are',
    description:
      "The built-in scenarios and the workspace's own, which win over built-in ones of the same name.",
    examples: ['hector scenario list', 'hector scenario list --json'],
  }).action(async (options) => listScenarios(open(options)));

interface Entry {
  scenario: Scenario;
  file: string;
  builtIn: boolean;
}

export async function listScenarios(context: Context): Promise<void> {
  const { io } = context;
  const library = await context.library();
  const entries = await library.list((problem) => {
    io.warn(`left out: ${printable(problem)}`);
    context.exitCode = EXIT.failed;
  });
  if (context.json) return printJson(io, entries.map(asJson));
  await printTable(io, COLUMNS, entries);
  io.note('One in full: hector scenario show SLUG');
}

/** The slug is what a person types next; the name, which says the same, gives way. */
const COLUMNS: Column<Entry>[] = [
  { header: 'Slug', whole: true, value: ({ scenario }) => scenario.slug },
  { header: 'Name', drop: 3, whole: true, value: ({ scenario }) => scenario.name },
  { header: 'Steps', value: ({ scenario }) => scenario.steps.length, align: 'right' },
  { header: 'Days', value: ({ scenario }) => scenario.duration_days, align: 'right' },
  { header: 'Channels', whole: true, value: ({ scenario }) => channelsOf(scenario).join(' ') },
  { header: 'Language', drop: 1, value: ({ scenario }) => scenario.language },
  { header: 'Replies', value: ({ scenario }) => percent(scenario.expected_reply_rate), align: 'right' },
  { header: 'Source', drop: 2, value: ({ builtIn }) => source(builtIn) },
];

const source = (builtIn: boolean): string => (builtIn ? 'built-in' : 'workspace');

const channelsOf = ({ steps }: Scenario): string[] => [...new Set(steps.map(({ channel }) => channel))];

export const percent = (rate: number | undefined): string | null =>
  rate === undefined ? null : `${Number((rate * 100).toFixed(1))} %`;

const asJson = ({ scenario, file, builtIn }: Entry) => ({
  slug: scenario.slug,
  name: scenario.name,
  description: scenario.description,
  target: scenario.target,
  steps: scenario.steps.length,
  duration_days: scenario.duration_days,
  channels: channelsOf(scenario),
  language: scenario.language,
  expected_reply_rate: scenario.expected_reply_rate ?? null,
  source: source(builtIn),
  file,
});
