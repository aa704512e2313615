import { createHash } from 'node:crypto';
import type { Claim, WriteRequest } from '../engine/ports/writer.ts';
import type { Fact } from '../engine/texts/facts.ts';
import { kindOn } from '../engine/texts/kinds.ts';
import type { TextLimits } from '../engine/texts/message-text.ts';
import { threadSubject } from '../engine/texts/thread.ts';
import type { ClaudeRequest } from './claude/request.ts';
import { addedLength, complete } from './complete.ts';
import { parseAnswer } from './guard/answer.ts';
import type { Finding } from './guard/finding.ts';
import { guard } from './guard/guard.ts';
import { GUARD_VERSION } from './guard/version.ts';
import { factsFor } from './prompt/facts.ts';
import { answerSchema } from './prompt/schema.ts';
import { PROMPT_VERSION, systemPrompt } from './prompt/system.ts';
import { isOwnKind, taskPrompt } from './prompt/task.ts';
import type { Voice } from './voice/voice.ts';

/** An answer is a message and its claims: room for both, and for a long one. */
const MAX_TOKENS = 2000;

export interface AssignmentSettings {
  model: string;
  effort: string;
  limits: TextLimits;
  transliterate: boolean;
  /** Whether the column `notes` may be read by Claude. */
  notes: boolean;
  /** Columns that hector has no name for, which Claude may read beside those that the step's prompt names. */
  custom: 'all' | readonly string[];
}

export interface Profile {
  profile: string;
  source: string;
}

export type Judged =
  | { ok: true; subject: string | null; body: string; claims: readonly Claim[] }
  | { ok: false; findings: readonly Finding[] };

/** One text to be written: what is asked, by what its answer is known again, and what of an answer may be sent. */
export interface Assignment {
  ask: ClaudeRequest;
  /** sha256 of all that goes in: whatever changes makes it another text. */
  key: string;
  voice: Voice;
  disc: Profile | null;
  facts: readonly Fact[];
  judge(answer: string): Judged;
  /** Names what `judge` judges by, beyond what `key` names: the guard itself, and what is added below a text. */
  stamp(): string;
}

export function assign(
  request: WriteRequest,
  { voice, disc, now }: { voice: Voice; disc: Profile | null; now: number },
  settings: AssignmentSettings,
): Assignment {
  const facts = factsFor(request, voice, settings);
  const thread = threadSubject(request);
  const wantsSubject = request.channel === 'email' && thread === null;
  const added = addedLength(request);
  const { limits } = settings;
  const year = new Date(now).getUTCFullYear();
  const ask: ClaudeRequest = {
    system: systemPrompt(voice),
    messages: [{ role: 'user', content: taskPrompt({ request, facts, disc, limits, added, wantsSubject }) }],
    schema: answerSchema(wantsSubject),
    maxTokens: MAX_TOKENS,
  };
  const finish = (body: string): string => complete(body, request, voice, settings);
  return {
    ask,
    key: hash([PROMPT_VERSION, settings.model, settings.effort, ask]),
    voice,
    disc,
    facts,
    stamp: () => hash([GUARD_VERSION, year, limits, finish('·'), request.sender]),
    judge(text) {
      const parsed = parseAnswer(text);
      if (!parsed.ok) return parsed;
      const { answer } = parsed;
      const guarded = guard({
        answer,
        ...{ facts, voice, wantsSubject, limits, complete: finish },
        kind: kindOn(request.step.kind, request.channel),
        channel: request.channel,
        language: request.language,
        prospect: readerOf(request),
        sender: request.sender,
        step: stepOf(request),
        exchanges: request.exchanges,
        remark: request.remark?.text ?? null,
        year,
      });
      if (!guarded.ok) return guarded;
      return {
        ok: true,
        subject: request.channel === 'email' ? (thread ?? guarded.subject) : null,
        body: finish(guarded.body),
        claims: claimsOf(answer.claims, facts),
      };
    },
  };
}

const hash = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex');

const readerOf = ({ prospect }: WriteRequest) => ({
  firstName: prospect.first_name,
  lastName: prospect.last_name,
  civility: prospect.civility,
  company: prospect.company,
});

const stepOf = (request: WriteRequest) => {
  const { objective, prompt, cta, length } = request.step;
  return { objective, prompt, cta: cta ?? null, length: isOwnKind(request) ? (length ?? null) : null };
};

function claimsOf(claims: readonly { statement: string; fact: string }[], facts: readonly Fact[]): Claim[] {
  const byId = new Map(facts.map((fact) => [fact.id, fact]));
  return claims.flatMap(({ statement, fact }) => {
    const known = byId.get(fact);
    return known ? [{ statement, fact, value: known.value, source: known.source }] : [];
  });
}
