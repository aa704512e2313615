import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { asset } from '../../assets.ts';
import type { Language } from '../../engine/model.ts';
import { didYouMean } from '../../engine/suggest.ts';
import { usageError } from '../../errors.ts';

export interface VoiceReference {
  /** What a person types for it. */
  reference: string;
  file: string;
  builtIn: boolean;
}

/** A workspace's voice, where no other is named. */
export const OWN_VOICE = 'voice.yaml';

/** What writes where nothing is said: the workspace's own voice, else one that fits anybody. */
export const defaultVoice = (workspace: { root: string }, language: Language): string =>
  existsSync(join(workspace.root, OWN_VOICE)) ? OWN_VOICE : language === 'en' ? 'neutral-en' : 'neutral';

const EXTENSION = /\.ya?ml$/;
const NAME = /^[a-z0-9][a-z0-9_-]{0,63}$/;

/** The workspace's `voice.yaml` and `voices/`, then the shipped ones; a name once, the workspace's own first. */
export function voiceFiles(workspace: { root: string } | null): VoiceReference[] {
  const found = new Map<string, VoiceReference>();
  const add = (voice: VoiceReference) => found.has(voice.reference) || found.set(voice.reference, voice);
  if (workspace) {
    const file = join(workspace.root, OWN_VOICE);
    if (existsSync(file)) add({ reference: OWN_VOICE, file, builtIn: false });
    for (const voice of named(join(workspace.root, 'voices'))) add({ ...voice, builtIn: false });
  }
  for (const voice of named(asset('examples', 'voices'))) add({ ...voice, builtIn: true });
  return [...found.values()];
}

const named = (folder: string): { reference: string; file: string }[] =>
  (existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : [])
    .filter((entry) => !entry.isDirectory() && EXTENSION.test(entry.name))
    .map(({ name }) => ({ reference: name.replace(EXTENSION, ''), file: join(folder, name) }))
    .filter(({ reference }) => NAME.test(reference))
    .sort((a, b) => (a.reference < b.reference ? -1 : 1));

/**
 * With a `/` or an ending `.yaml`, `.yml` a file, which counts from the first of `folders` that has it; else the name
 * of one there is, so that a name never leads elsewhere. Unknown ones are usage errors.
 */
export function findVoice(
  reference: string,
  workspace: { root: string } | null,
  folders: readonly string[],
): VoiceReference {
  const known = voiceFiles(workspace);
  if (/\/|\.ya?ml$/.test(reference)) {
    const file = folders.map((folder) => resolve(folder, reference)).find((path) => existsSync(path));
    if (file === undefined) throw usageError(`no such file: ${reference}`, 'hector voice list');
    const builtIn = known.some((voice) => voice.builtIn && voice.file === file);
    return { reference, file, builtIn };
  }
  const found = known.find((voice) => voice.reference === reference);
  if (found) return found;
  const guess = didYouMean(
    reference,
    known.map((voice) => voice.reference),
  );
  throw usageError(`no voice "${reference}"${guess}`, 'hector voice list');
}
