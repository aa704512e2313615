import { mendTypography } from '../../engine/texts/mend-typography.ts';
import { tidyBody, tidySubject } from '../../engine/texts/message-text.ts';
import { aboutFirmRule } from './about-firm.ts';
import { aboutReaderRule } from './about-reader.ts';
import { aboutUsRule } from './about-us.ts';
import { addressFormRule } from './address-form.ts';
import { civilityRule } from './civility.ts';
import { claimRule } from './claims.ts';
import { contactRule } from './contact.ts';
import { emptyRule } from './empty.ts';
import { figureRule } from './figures.ts';
import type { Finding } from './finding.ts';
import { firmRule } from './firm.ts';
import { forbiddenWordRule } from './forbidden-words.ts';
import type { GuardInput } from './input.ts';
import { knownOf } from './known.ts';
import { languageRule } from './language.ts';
import { lengthRule } from './length.ts';
import { linkRule } from './links.ts';
import { markupRule } from './markup.ts';
import { nameRule } from './names.ts';
import { inOriginalWords } from './original-words.ts';
import { placeholderRule } from './placeholder.ts';
import { readText } from './reading.ts';
import { repetitionRule } from './repetition.ts';
import type { Rule } from './rule.ts';
import { signatureRule } from './signature.ts';
import { smsRule } from './sms.ts';
import { subjectRule } from './subject.ts';
import { toneRule } from './tone.ts';
import { unfinishedRule } from './unfinished.ts';
import { unknownNameRule } from './unknown-names.ts';

export type Guarded =
  | { ok: true; subject: string | null; body: string }
  | { ok: false; findings: readonly Finding[] };

const RULES: readonly Rule[] = [
  emptyRule,
  unfinishedRule,
  subjectRule,
  lengthRule,
  languageRule,
  placeholderRule,
  nameRule,
  civilityRule,
  firmRule,
  claimRule,
  aboutReaderRule,
  aboutFirmRule,
  aboutUsRule,
  unknownNameRule,
  figureRule,
  linkRule,
  forbiddenWordRule,
  addressFormRule,
  toneRule,
  markupRule,
  signatureRule,
  repetitionRule,
  contactRule,
  smsRule,
];

/** Characters of subject and body. No message has a third of it; what is longer is not even read. */
const LONGEST = 10_000;

/**
 * Whether a model's answer may be sent. Its typography is mended, never refused; whatever else is wrong is said, all
 * of it, for the one repair that is asked for. Subject and body come back as they may be sent, without what the
 * program adds below them.
 */
export function guard(input: GuardInput): Guarded {
  const { answer, prospect, sender, language, channel } = input;
  const size = answer.body.length + (answer.subject?.length ?? 0);
  if (size > LONGEST)
    return { ok: false, findings: [{ rule: 'length', detail: `${size} characters, at most ${LONGEST}` }] };
  const subject = input.wantsSubject
    ? mendTypography(tidySubject(answer.subject ?? ''), language, channel)
    : null;
  const body = mendTypography(tidyBody(answer.body), language, channel);
  const raw = subject === null ? answer.body : `${answer.subject ?? ''}\n${answer.body}`;
  const reading = readText({ subject, body, raw }, [
    prospect.company,
    sender.company,
    sender.name,
    prospect.firstName,
    prospect.lastName,
  ]);
  const known = knownOf(input);
  const findings = RULES.flatMap((rule) => rule(reading, input, known));
  return findings.length === 0
    ? { ok: true, subject, body }
    : { ok: false, findings: withoutTwins(inOriginalWords(findings, raw)) };
}

function withoutTwins(findings: readonly Finding[]): Finding[] {
  const seen = new Map(findings.map((finding) => [`${finding.rule} ${finding.detail}`, finding]));
  return [...seen.values()];
}
