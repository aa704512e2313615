import { isExample } from '../../engine/ports/voices.ts';
import { shellWord } from '../../engine/shell-word.ts';
import { failure } from '../../errors.ts';
import { formatProblem, type Problem } from '../../yaml/located.ts';
import { readTextFile } from '../../yaml/source.ts';
import { findVoice, type VoiceReference } from './find.ts';
import { readVoice } from './read.ts';
import type { Voice } from './voice.ts';

/**
 * The voice that a setting names, to write with: a file below the workspace, or one there is by its name.
 * @throws UserError with file, line and column; also for the example that comes with hector, whose firm is invented
 */
export async function loadOwnVoice(reference: string, workspace: { root: string }): Promise<Voice> {
  const found = findVoice(reference, workspace, [workspace.root]);
  if (isExample(found))
    throw failure(
      `the voice "${reference}" is the example of an invented firm: make it yours first`,
      `hector voice copy ${shellWord(reference)}`,
    );
  return openVoice(found);
}

/** @throws UserError with file, line and column */
export function openVoice({ file, reference }: VoiceReference): Voice {
  const source = readTextFile(file);
  const reading = source.ok
    ? readVoice(file, source.text)
    : { ok: false as const, problems: [source.problem] };
  if (!reading.ok) throw failure(summary(reading.problems), `hector voice lint ${shellWord(reference)}`);
  return reading.voice;
}

function summary(problems: readonly Problem[]): string {
  const [first] = problems;
  const others = problems.length - 1;
  return `${first ? formatProblem(first) : 'no problem'}${others > 0 ? ` (and ${others} more)` : ''}`;
}
