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
  // The slug is what a person types next: on a narrow terminal the name, which says the same, gives way.
  const narrow = io.terminal && io.width < ROOM_FOR_NAMES;
  await printTable(io, narrow ? COLUMNS.filter(({ header }) => header !== 'NAME') : COLUMNS, entries);
  io.note('One in full: hector scenario show SLUG');
}

const ROOM_FOR_NAMES = 104;

const COLUMNS: Column<Entry>[] = [
  { header: 'SLUG', value: ({ scenario }) => scenario.slug },
  { header: 'NAME', value: ({ scenario }) => scenario.name },
  { header: 'STEPS', value: ({ scenario }) => scenario.steps.length, align: 'right' },
  { header: 'DAYS', value: ({ scenario }) => scenario.duration_days, align: 'right' },
  { header: 'CHANNELS', value: ({ scenario }) => channelsOf(scenario).join(' ') },
  { header: 'LANG', value: ({ scenario }) => scenario.language },
  { header: 'REPLIES', value: ({ scenario }) => percent(scenario.expected_reply_rate), align: 'right' },
  { header: 'SOURCE', value: ({ builtIn }) => source(builtIn) },
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
