import type { VoiceFinding } from '../../engine/ports/voices.ts';
import { voiceCautions } from './cautions.ts';
import { voiceFaults } from './faults.ts';
import { parseVoice } from './read.ts';
import type { VoiceVerdict } from './rule.ts';

/**
 * What is wrong with a voice file, in the order of its lines: errors keep it from being used, warnings are for a
 * person to judge.
 */
export function lintVoice(file: string, text: string): VoiceFinding[] {
  const parsed = parseVoice(file, text);
  if (!parsed.ok)
    return parsed.problems.map((problem) => ({ severity: 'error', rule: 'invalid', ...problem }));
  const located =
    (severity: VoiceFinding['severity']) =>
    ({ rule, path, message }: VoiceVerdict): VoiceFinding => ({
      severity,
      rule,
      ...parsed.problem(path, message),
    });
  return [
    ...voiceFaults(parsed.value).map(located('error')),
    ...voiceCautions(parsed.value).map(located('warning')),
  ].sort((a, b) => a.line - b.line || a.column - b.column);
}
