import { createHash } from 'node:crypto';
import { type Path, type Problem, parseLocated } from '../../yaml/located.ts';
import { DISC_GUIDES } from './disc-guides.ts';
import { voiceFaults } from './faults.ts';
import { type VoiceFile, voiceSchema } from './schema.ts';
import type { DiscGuide, DiscProfile, Voice } from './voice.ts';

/** Bytes. A voice goes with each message that is written; a longer file is something else. */
const LARGEST = 64 * 1024;

type ParsedVoice =
  | { ok: true; value: VoiceFile; problem(path: Path, message: string): Problem }
  | { ok: false; problems: Problem[] };

/** Keys, types and sizes; what they say together is for faults.ts and cautions.ts. */
export function parseVoice(file: string, text: string): ParsedVoice {
  const size = Buffer.byteLength(text);
  if (size > LARGEST) {
    const message = `the file is too big: ${size} bytes, at most ${LARGEST}`;
    return { ok: false, problems: [{ file, line: 1, column: 1, message }] };
  }
  return parseLocated({ file, text }, voiceSchema);
}

/** The voice a text holds, or everything that keeps it from being used: what `hector voice lint` calls errors. */
export function readVoice(
  file: string,
  text: string,
): { ok: true; voice: Voice } | { ok: false; problems: Problem[] } {
  const parsed = parseVoice(file, text);
  if (!parsed.ok) return parsed;
  const problems = voiceFaults(parsed.value)
    .map(({ path, message }) => parsed.problem(path, message))
    .sort((one, other) => one.line - other.line || one.column - other.column);
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, voice: voiceOf(parsed.value, text) };
}

function voiceOf(file: VoiceFile, text: string): Voice {
  return {
    name: file.name,
    language: file.language,
    version: createHash('sha256').update(text).digest('hex').slice(0, 16),
    whoWeAre: file.who_we_are ?? '',
    offers: file.offers.map(({ name, what, for: forWhom }) => ({ name, what, forWhom })),
    proofs: file.proofs.map(({ claim, source }) => ({ claim, source: source ?? '' })),
    words: file.words,
    tone: file.tone,
    address: file.address,
    emoji: file.emoji,
    signature: file.signature,
    legalIdentity: file.legal_identity,
    links: file.links,
    disc: guidesOf(file),
  };
}

/** What a guide leaves out is taken from the built-in one. */
function guidesOf({ disc, language }: VoiceFile): Record<DiscProfile, DiscGuide> {
  const guide = (profile: DiscProfile): DiscGuide => {
    const [own, builtIn] = [disc[profile], DISC_GUIDES[language][profile]];
    return {
      opening: own?.opening ?? builtIn.opening,
      rhythm: own?.rhythm ?? builtIn.rhythm,
      evidence: own?.evidence ?? builtIn.evidence,
      cta: own?.cta ?? builtIn.cta,
    };
  };
  return { D: guide('D'), I: guide('I'), S: guide('S'), C: guide('C') };
}
