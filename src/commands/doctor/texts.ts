import { isExample, type VoiceCard } from '../../engine/ports/voices.ts';
import type { SenderFacts } from '../../engine/ports/writer.ts';
import { counted } from '../counted.ts';
import { type Check, type CheckLine, fail, ok, settingFault, warn } from './check.ts';

interface Finding {
  severity: 'error' | 'warning';
  message: string;
  file: string;
  line: number;
}

/** The first finding, and how many there are: the linter shows all of them. */
function summed(check: string, looked: string, findings: readonly Finding[], cure: string): CheckLine {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const [first] = errors.length > 0 ? errors : findings;
  if (!first) return ok(check, looked);
  const counts = `${counted(errors.length, 'error')}, ${counted(findings.length - errors.length, 'warning')}`;
  const what = `${looked}, ${counts}: ${first.file}:${first.line} ${first.message}`;
  return errors.length > 0 ? fail(check, what, cure) : warn(check, what, cure);
}

export const scenarios: Check = {
  name: 'scenarios',
  async look({ context, config }) {
    // Lengths and the opt-out of SMS are judged by hector.yaml.
    if (!config) return [];
    const found = await (await context.linter()).lint([]);
    return [
      summed('scenarios', counted(found.scenarios, 'scenario'), found.findings, 'hector scenario lint'),
    ];
  },
};

/** A voice that was copied, and signs for somebody else. */
function misfits(voice: VoiceCard, sender: SenderFacts | undefined): CheckLine[] {
  if (isExample(voice)) {
    const what = `ai.voice in hector.yaml: "${voice.reference}" is the example of an invented firm`;
    return [settingFault('voices', what, `hector voice copy ${voice.reference}`)];
  }
  const { signature, reference } = voice;
  const names = [sender?.name, sender?.company].filter((name) => typeof name === 'string');
  if (signature === null || names.length === 0 || names.some((name) => signature.includes(name))) return [];
  const what = `${reference} signs for somebody else than ${names.join(', ')} of hector.yaml`;
  return [warn('voices', what, `signature in ${reference}`)];
}

export const voices: Check = {
  name: 'voices',
  async look({ context, config }) {
    const library = await context.voices();
    const found = await library.lint([]);
    const lines: CheckLine[] = [];
    if (found.voices === 0) lines.push(ok('voices', 'none of its own: texts have the neutral voice'));
    else lines.push(summed('voices', counted(found.voices, 'voice'), found.findings, 'hector voice lint'));
    const named = config?.ai.voice ?? null;
    try {
      lines.push(...misfits(await library.load(named), config?.sender));
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      if (named !== null)
        lines.push(settingFault('voices', `ai.voice in hector.yaml: ${why}`, 'hector voice list'));
    }
    return lines;
  },
};
