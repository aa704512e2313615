import type { Context } from '../../context.ts';
import type { VoiceEntry } from '../../engine/ports/voices.ts';
import { EXIT } from '../../errors.ts';
import { type Column, printJson, printTable } from '../../io/table.ts';
import { printable } from '../../io.ts';
import { hectorCommand, type OpenContext } from '../command.ts';

export const command = (open: OpenContext) =>
  hectorCommand('list', {
    summary: 'the voices there are',
    description:
      "The workspace's voice.yaml and voices/, and those that come with hector, which they win over by name.",
    examples: ['hector voice list', 'hector voice list --json'],
  }).action(async (options) => listVoices(open(options)));

export async function listVoices(context: Context): Promise<void> {
  const { io } = context;
  const library = await context.voices();
  const voices = await library.list((problem) => {
    io.warn(`left out: ${printable(problem)}`);
    context.exitCode = EXIT.failed;
  });
  if (context.json) return printJson(io, voices.map(entryJson));
  await printTable(io, COLUMNS, voices);
  io.note('One in full: hector voice show VOICE');
}

const COLUMNS: Column<VoiceEntry>[] = [
  { header: 'Voice', value: ({ reference }) => reference, whole: true },
  { header: 'Name', value: ({ name }) => name },
  { header: 'Language', value: ({ language }) => language },
  { header: 'Source', value: sourceOf },
];

function sourceOf({ builtIn }: VoiceEntry): string {
  return builtIn ? 'built-in' : 'workspace';
}

/** Stable keys: docs/json.md. */
export const entryJson = (voice: VoiceEntry) => ({
  voice: voice.reference,
  name: voice.name,
  language: voice.language,
  source: sourceOf(voice),
  file: voice.file,
});
