import { isExample, type VoiceFinding, type VoiceLibrary } from '../../engine/ports/voices.ts';
import { UserError } from '../../errors.ts';
import { readTextFile } from '../../yaml/source.ts';
import { findVoice, OWN_VOICE, type VoiceReference, voiceFiles } from './find.ts';
import { lintVoice } from './lint.ts';
import { openVoice } from './load.ts';

/** Voices as a person at the command line sees them: a file counts from the current folder, then from the workspace. */
export function createVoices(workspace: { root: string } | null, cwd: string): VoiceLibrary {
  const folders = workspace ? [cwd, workspace.root] : [cwd];
  const find = (reference: string): VoiceReference => findVoice(reference, workspace, folders);
  const usual = (): VoiceReference =>
    voiceFiles(workspace).find(({ reference }) => reference === OWN_VOICE) ?? find('neutral');

  return {
    list: async (onProblem) =>
      voiceFiles(workspace).flatMap((voice) => {
        try {
          const { name, language } = openVoice(voice);
          return [{ ...voice, name, language }];
        } catch (error) {
          if (!(error instanceof UserError)) throw error;
          onProblem(error.message);
          return [];
        }
      }),

    load: async (reference) => {
      const found = reference === null ? usual() : find(reference);
      return { ...openVoice(found), ...found };
    },

    lint: async (references) => {
      const voices = references.length > 0 ? references.map(find) : toLint(workspace);
      const files = [...new Set(voices.map(({ file }) => file))];
      return { voices: files.length, findings: files.flatMap(lintFile) };
    },
  };
}

/** The shipped ones are somebody else's, unless nothing else is there to look at. */
function toLint(workspace: { root: string } | null): VoiceReference[] {
  const all = voiceFiles(workspace);
  return workspace ? all.filter(({ builtIn }) => !builtIn) : all;
}

function lintFile(file: string): VoiceFinding[] {
  const source = readTextFile(file);
  return source.ok
    ? [...lintVoice(file, source.text), ...unchanged(file, source.text)]
    : [{ severity: 'error', rule: 'invalid', ...source.problem }];
}

/** A copy of the example, sent as it is, would speak for an invented firm. */
function unchanged(file: string, text: string): VoiceFinding[] {
  const examples = voiceFiles(null).filter((voice) => isExample(voice) && voice.file !== file);
  const found = examples.find((example) => {
    const source = readTextFile(example.file);
    return source.ok && source.text === text;
  });
  if (!found) return [];
  const message = `it is "${found.reference}" as it comes with hector, of an invented firm: make it yours`;
  return [{ severity: 'warning', rule: 'example', message, file, line: 1, column: 1 }];
}
