import { z } from 'zod';
import type { Finding } from './finding.ts';

/** What the model answers, by its JSON schema (ai/prompt/schema.ts). */
export interface ModelAnswer {
  /** Null where the message has none of its own. */
  subject: string | null;
  /** Without signature, opt-out and legal lines: those are added by the program. */
  body: string;
  /** Each factual statement about the person or the firm, as it stands in the text, and the fact it rests on. */
  claims: readonly { statement: string; fact: string }[];
}

/** Characters. The longest message that may be sent has a third of it. */
const SIZE_LIMIT = 65_536;

const ANSWER = z.strictObject({
  subject: z.string().max(1_000).nullable(),
  body: z.string().max(30_000),
  claims: z.array(z.strictObject({ statement: z.string().max(2_000), fact: z.string().max(200) })).max(60),
});

/** The model's text, read against the schema: nothing less, nothing more. */
export function parseAnswer(
  text: string,
): { ok: true; answer: ModelAnswer } | { ok: false; findings: Finding[] } {
  if (text.length > SIZE_LIMIT) return refused(`the answer has ${text.length} characters`);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return refused('the answer is not one JSON object');
  }
  const { success, data, error } = ANSWER.safeParse(json);
  if (success) return { ok: true, answer: data };
  const [issue] = error.issues;
  const path = issue?.path.join('.') ?? '';
  return refused(
    path === '' ? 'the answer is not the object of the schema' : `"${path}" is not as the schema says`,
  );
}

const refused = (detail: string): { ok: false; findings: Finding[] } => ({
  ok: false,
  findings: [{ rule: 'schema', detail }],
});
