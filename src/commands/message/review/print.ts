import type { Context } from '../../../context.ts';
import { prospectName } from '../../../engine/model.ts';
import type { Draft } from '../../../engine/ports/review.ts';
import type { Claim, Writing } from '../../../engine/ports/writer.ts';
import { FALLBACKS } from '../../../engine/reasons.ts';
import { profileUrl } from '../../../engine/texts/linkedin.ts';
import { relative } from '../../../io/time.ts';
import { wrapped } from '../../../io/wrap.ts';
import { printable } from '../../../io.ts';
import { costText, usd } from '../../money.ts';

export const personOf = ({ prospect }: Draft): string =>
  printable(prospectName(prospect) || prospect.email || `#${prospect.id}`);

/** Stable keys, documented in docs/json.md. */
export const draftJson = (draft: Draft) => ({
  id: draft.messageId,
  campaign: draft.campaign,
  mode: draft.mode,
  step: draft.step,
  channel: draft.channel,
  kind: draft.kind,
  prospect_id: draft.prospect.id,
  person: prospectName(draft.prospect),
  company: draft.prospect.company,
  title: draft.prospect.title,
  subject: draft.subject,
  text: draft.body,
  source: draft.source,
  fallback: draft.writing?.fallback ?? null,
  claims: (draft.writing?.claims ?? []).map(claimJson),
  cost_usd: draft.writing ? usd(draft.writing.cost) : null,
  created_at: new Date(draft.createdAt).toISOString(),
  fingerprint: draft.fingerprint,
});

/** Stable keys, documented in docs/json.md. */
export const claimJson = ({ statement, fact, value, source }: Claim) => ({ statement, fact, value, source });

/** Who wrote a text, and why it was not Claude. */
export function writtenBy({
  source,
  template,
  writing,
}: {
  source: string;
  template: string | null;
  writing: Writing | null;
}): string {
  if (source === 'operator') return 'edited by a person';
  if (source === 'claude')
    return `by Claude${writing?.model ? ` (${writing.model}${writing.repaired ? ', second answer' : ''})` : ''}`;
  const by = `template ${template ?? source}`;
  if (!writing?.fallback) return by;
  return `${by}, since ${FALLBACKS[writing.fallback]}${writing.detail ? `: ${writing.detail}` : ''}`;
}

/** What a rewrite has come to. */
export const rewrittenText = (before: Draft, after: Draft): string =>
  before.subject === after.subject && before.body === after.body
    ? 'Claude wrote the same again'
    : 'Written anew';

/** `"…" rests on company: Ateliers Durand (CSV import)` */
export const claimLine = ({ statement, fact, value, source }: Claim): string =>
  `"${statement}" rests on ${fact}: ${value} (${source})`;

/** Who gets it and how it came about, then the text between rules. */
export function printDraft(context: Context, draft: Draft, position: string): void {
  const { io } = context;
  const { prospect, writing } = draft;
  const rule = io.color.dim('─'.repeat(Math.min(io.width, 72)));
  const work = [prospect.title, prospect.company, prospect.city].filter((part) => part !== null);
  const rehearsal = draft.mode === 'rehearsal' ? io.color.yellow('  rehearsal') : '';
  const line = (text: string): void => {
    for (const each of wrapped(printable(text), io.width, '  ')) io.out(io.color.dim(each));
  };
  io.out('');
  io.out(`${io.color.bold(personOf(draft))}  ${io.color.dim(position)}${rehearsal}`);
  if (work.length > 0) io.out(printable(work.join(' · ')));
  if (draft.channel === 'linkedin' && prospect.linkedin) io.out(profileUrl(prospect.linkedin));
  line(
    `message ${draft.messageId} · ${draft.kind.replace('_', ' ')} · ${draft.campaign} · step ${draft.step}`,
  );
  line(`Written: ${writtenBy(draft)}${writing && writing.cost > 0 ? `, ${costText(writing.cost)}` : ''}`);
  // What a person has written since rests on what they know.
  if (draft.source !== 'operator') for (const claim of writing?.claims ?? []) line(claimLine(claim));
  if (draft.exchange) line(lastSaid(draft.exchange, context.now()));
  io.out(rule);
  printText(context, draft);
  io.out(rule);
}

const lastSaid = ({ direction, channel, at, body }: NonNullable<Draft['exchange']>, now: number): string =>
  `Last said: ${direction === 'in' ? 'by them' : 'by us'}, ${channel}, ${relative(at, now)}: ${shortened(body)}`;

const shortened = (text: string): string => (text.length > 160 ? `${text.slice(0, 159)}…` : text);

/** Typographic blanks stay; what could act on the terminal does not. */
function printText({ io }: Context, { subject, body }: Pick<Draft, 'subject' | 'body'>): void {
  if (subject !== null) io.out(`${io.color.dim('Subject:')} ${printable(subject)}\n`);
  for (const line of body.replace(/(?!\n)[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '?').split('\n'))
    for (const part of wrapped(line, io.width)) io.out(part);
}
