import type { Language } from '../../engine/model.ts';

export const DISC_PROFILES = ['D', 'I', 'S', 'C'] as const;
export type DiscProfile = (typeof DISC_PROFILES)[number];

/** How the writing changes for a profile. */
export interface DiscGuide {
  opening: string;
  rhythm: string;
  evidence: string;
  cta: string;
}

/** The voice of the house, as its file says (docs/voice.md). */
export interface Voice {
  name: string;
  language: Language;
  /** The first 16 hexadecimal digits of the sha256 of the file. */
  version: string;
  whoWeAre: string;
  offers: readonly { name: string; what: string; forWhom: string | null }[];
  /** What may be claimed about us, each with where it can be checked. */
  proofs: readonly { claim: string; source: string }[];
  words: { use: readonly string[]; avoid: readonly string[] };
  /** One guideline a line. */
  tone: readonly string[];
  address: 'vous' | 'tu';
  emoji: boolean;
  /** Plain text of several lines, under each e-mail. Null: made of the sender's facts in hector.yaml. */
  signature: string | null;
  /** Company, form, register: one line at the foot of each e-mail, or null. */
  legalIdentity: string | null;
  /** https addresses a text may hold; what lies below one of them is allowed as well. */
  links: readonly string[];
  disc: Readonly<Record<DiscProfile, DiscGuide>>;
}
