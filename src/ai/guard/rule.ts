import type { Channel, Language, MessageKind } from '../../engine/model.ts';
import type { SenderFacts } from '../../engine/ports/writer.ts';
import type { Exchange, Fact } from '../../engine/texts/facts.ts';
import type { TextLimits } from '../../engine/texts/message-text.ts';
import type { Voice } from '../voice/voice.ts';
import type { ModelAnswer } from './answer.ts';
import type { Finding, GuardRule } from './finding.ts';
import type { Known } from './known.ts';
import type { Reading } from './reading.ts';

export interface GuardInput {
  answer: ModelAnswer;
  kind: MessageKind;
  channel: Channel;
  language: Language;
  /** All that was given to the model. */
  facts: readonly Fact[];
  prospect: {
    firstName: string | null;
    lastName: string | null;
    civility: string | null;
    company: string | null;
  };
  sender: SenderFacts;
  voice: Pick<Voice, 'address' | 'emoji' | 'links' | 'words' | 'whoWeAre' | 'offers' | 'proofs'>;
  /** Trusted: its figures and names may be used. */
  step: { objective: string; prompt: string; cta: string | null; length: string | null };
  /** What the operator asked for in this very text: trusted like the step. */
  remark?: string | null;
  /** The running year: it and the next may be named. Not given: a near year may, in a question. */
  year?: number | null;
  /** The last ones, in both directions. */
  exchanges: readonly Exchange[];
  /** The finished text: signature, legal line and opt-out added. What a channel takes is judged on it. */
  complete: (body: string) => string;
  /** False: the message has no subject of its own to write (SMS, LinkedIn, a follow-up in a thread). */
  wantsSubject: boolean;
  limits: TextLimits;
}

/** One family of faults. Pure: the same text and facts give the same findings. */
export type Rule = (reading: Reading, input: GuardInput, known: Known) => Finding[];

/** A piece of the model's text for a line that a person and the model will read: short, on one line, no controls. */
export function quote(text: string): string {
  const line = text
    .replace(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replaceAll('"', "'")
    .trim();
  return `"${line.length > 60 ? `${line.slice(0, 59)}…` : line}"`;
}

/** Whole words, of a text in lower case without accents (Reading.plain). */
export const anyOf = (...phrases: readonly string[]): RegExp =>
  new RegExp(`\\b(?:${phrases.join('|')})(?![a-z0-9])`, 'g');

/** All matches; most texts have none, which is quick to say. */
export const matchesOf = (text: string, pattern: RegExp): RegExpExecArray[] =>
  text.search(pattern) < 0 ? [] : [...text.matchAll(pattern)];

/** A finding for each different match. */
export function each(
  rule: GuardRule,
  text: string,
  pattern: RegExp,
  says: (found: string) => string | null,
): Finding[] {
  const found = text.match(pattern);
  if (found === null) return [];
  return [...new Set(found)].flatMap((match) => {
    const detail = says(match);
    return detail === null ? [] : [{ rule, detail }];
  });
}
