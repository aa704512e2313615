import type { HistoryLine } from '../../../engine/ports/people.ts';
import { eventWords } from '../../../engine/reason-words.ts';
import { type Column, printTable } from '../../../io/table.ts';
import { isoOrNull } from '../../../io/time.ts';
import { type Io, printable } from '../../../io.ts';

/** On a terminal a line for what has happened and, below it, the whole of what was said; piped, columns. */
export async function printHistory(
  io: Io,
  history: readonly HistoryLine[],
  when: (at: number) => string,
): Promise<void> {
  if (!io.terminal) return printTable(io, PIPED, history);
  for (const line of history) printEntry(io, line, when(line.at));
}

function printEntry(io: Io, line: HistoryLine, date: string): void {
  const { what, detail: text } = eventWords(line.what, line.text);
  const words = [what, line.channel, line.campaign, line.step].filter((word) => word !== null);
  io.out(`${io.color.bold(date)} · ${printable(words.join(' · '))}`);
  const said = text?.split(/[\r\n]+/).filter((line) => line.trim() !== '') ?? [];
  for (const line of said) io.out(`    ${printable(line.trim())}`);
}

const LONGEST_TEXT = 200;

const PIPED: Column<HistoryLine>[] = [
  { header: 'When', value: ({ at }) => isoOrNull(at) },
  { header: 'What', value: ({ what }) => what },
  { header: 'Campaign', value: ({ campaign }) => campaign },
  { header: 'Step', value: ({ step }) => step },
  { header: 'By', value: ({ channel }) => channel },
  { header: 'Text', value: ({ text }) => text?.slice(0, LONGEST_TEXT) ?? null },
];
