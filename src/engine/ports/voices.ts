import type { Language } from '../model.ts';

/** A voice file there is: `reference` is what a person types for it. */
export interface VoiceEntry {
  reference: string;
  name: string;
  language: Language;
  file: string;
  builtIn: boolean;
}

/** Of an invented firm, to be read and copied: nobody may be written to in its name. */
export const isExample = ({ builtIn, reference }: Pick<VoiceEntry, 'builtIn' | 'reference'>): boolean =>
  builtIn && !/(?:^|\/)neutral[^/]*$/.test(reference);

interface WritingGuide {
  opening: string;
  rhythm: string;
  evidence: string;
  cta: string;
}

/** A voice in full, for a person to read (docs/voice.md). */
export interface VoiceCard extends VoiceEntry {
  version: string;
  whoWeAre: string;
  offers: readonly { name: string; what: string; forWhom: string | null }[];
  proofs: readonly { claim: string; source: string }[];
  words: { use: readonly string[]; avoid: readonly string[] };
  tone: readonly string[];
  address: 'vous' | 'tu';
  emoji: boolean;
  signature: string | null;
  legalIdentity: string | null;
  links: readonly string[];
  disc: Readonly<Record<'D' | 'I' | 'S' | 'C', WritingGuide>>;
}

/** An error keeps the voice from being used; a warning is for a person to judge. Line and column count from 1. */
export interface VoiceFinding {
  severity: 'error' | 'warning';
  rule: string;
  message: string;
  file: string;
  line: number;
  column: number;
}

export interface VoiceLibrary {
  /** The workspace's own, then the shipped ones they do not replace. What cannot be used is told to `onProblem`. */
  list(onProblem: (problem: string) => void): Promise<VoiceEntry[]>;
  /**
   * @param reference a name or a file; null for the `voice.yaml` of the workspace, else the neutral voice
   * @throws UserError with file, line and column
   */
  load(reference: string | null): Promise<VoiceCard>;
  /** @param references none for every voice of the workspace, or outside any for the shipped ones */
  lint(references: readonly string[]): Promise<{ voices: number; findings: VoiceFinding[] }>;
}
