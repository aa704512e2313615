import type { Channel, Language, MessageKind } from '../../engine/model.ts';
import type { SenderFacts } from '../../engine/ports/writer.ts';
import type { Exchange, Fact } from '../../engine/texts/facts.ts';
import type { TextLimits } from '../../engine/texts/message-text.ts';
import type { Voice } from '../voice/voice.ts';
import type { ModelAnswer } from './answer.ts';

/** What a text is judged by. */
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
