import type { Path } from '../../yaml/located.ts';

type VoiceRule =
  | 'invalid'
  | 'proof-without-source'
  | 'link'
  | 'link-tracking'
  | 'word-both-ways'
  | 'placeholder'
  | 'no-identity'
  | 'no-offers'
  | 'no-legal-identity'
  | 'tone-address'
  | 'superlative'
  | 'offer-figure'
  | 'too-long'
  | 'disc-built-in'
  | 'example';

/** What is wrong with one place of a voice file. */
export interface VoiceVerdict {
  rule: VoiceRule;
  path: Path;
  message: string;
}
