import type { Channel, Language, MessageKind } from '../model.ts';
import { leftOver, type TextLimits, tooLong } from '../texts/message-text.ts';
import { isAlphanumericSender, smsParts } from '../texts/sms.ts';
import { error, type Verdict, warning } from './finding.ts';
import { missingNoBreakSpaces } from './typography.ts';

/** How a template is used. */
export interface TextUse {
  kind: MessageKind;
  channel: Channel;
  language: Language;
}

export interface LintSettings extends TextLimits {
  /** Who an SMS comes from; null when that is not known. */
  smsFrom: string | null;
}

const ASKS_FOR_ANSWER =
  /(?<!\p{L})(?:r[ée]pond(?:ez|re|s)|votre réponse|par retour|reply|text (?:me )?back|answer)(?!\p{L})/iu;

/** What is wrong in the words themselves (tags blotted out), each with its offset. */
export function lintWords(
  words: string,
  use: TextUse,
  settings: LintSettings,
): (Verdict & { offset: number })[] {
  const findings: (Verdict & { offset: number })[] = [];
  const blank = leftOver(words);
  if (blank !== null)
    findings.push({
      ...error('placeholder', `"${blank}" was never filled in`),
      offset: words.indexOf(blank),
    });
  if (use.language === 'fr' && use.channel !== 'sms')
    for (const { offset, message } of missingNoBreakSpaces(words))
      findings.push({ ...warning('no-break-space', message), offset });
  const asked = use.channel === 'sms' ? ASKS_FOR_ANSWER.exec(words) : null;
  if (asked) {
    const verdict = oneWay(asked[0], settings.smsFrom);
    if (verdict) findings.push({ ...verdict, offset: asked.index });
  }
  return findings;
}

/** In France the usual sender is a name, and a name cannot be answered. */
function oneWay(asked: string, from: string | null): Verdict | null {
  if (from === null)
    return warning('one-way-sender', `"${asked}": a sender that is a name cannot be answered`);
  return isAlphanumericSender(from)
    ? error('one-way-sender', `"${asked}": the sender "${from}" is a name and cannot be answered`)
    : null;
}

const COMFORTABLE = { subject: 80, linkedin: 700 } as const;

interface Text {
  subject: string | null;
  body: string;
}

/** Beyond what the channel takes, with names on the long side. */
export function lintLimit(text: Text, use: TextUse, limits: TextLimits): Verdict[] {
  const excess = tooLong({ ...use, ...text }, limits);
  return excess === null ? [] : [error('too-long', `with long names: ${excess}`)];
}

/** Longer than is comfortable to read or cheap to send, with usual names. */
export function lintComfort({ subject, body }: Text, { channel, kind }: TextUse): Verdict[] {
  const long = (message: string): Verdict[] => [warning('long', `with usual names: ${message}`)];
  if (channel === 'sms') return smsLength(body).flatMap(long);
  if (channel === 'email' && subject !== null && subject.length > COMFORTABLE.subject)
    return long(`a subject of ${subject.length} characters, cut beyond ${COMFORTABLE.subject}`);
  if (channel === 'linkedin' && kind !== 'invitation' && body.length > COMFORTABLE.linkedin)
    return long(`${body.length} characters, seldom read beyond ${COMFORTABLE.linkedin}`);
  return [];
}

function smsLength(body: string): string[] {
  const { encoding, characters, segments } = smsParts(body);
  if (segments <= 1) return [];
  const costly = [...new Set(body)].filter((symbol) => smsParts(symbol).encoding === 'UCS-2');
  const why =
    encoding === 'UCS-2'
      ? `, 70 a segment because of ${costly.map((symbol) => `"${symbol}"`).join(' ')}`
      : '';
  return [`${segments} SMS segments (${characters} characters${why})`];
}
