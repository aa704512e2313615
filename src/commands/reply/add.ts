import { Option } from '@commander-js/extra-typings';
import type { Context } from '../../context.ts';
import { CHANNELS, type Channel, type Prospect, prospectName } from '../../engine/model.ts';
import { soundsLikeOptOut } from '../../engine/opt-out.ts';
import type { ReplyResult } from '../../engine/ports/people.ts';
import { usageError } from '../../errors.ts';
import { printJson } from '../../io/table.ts';
import { isoOrNull } from '../../io/time.ts';
import { printable } from '../../io.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { counted } from '../counted.ts';
import { personNamed } from '../prospect/view.ts';

export const command = (open: OpenContext) =>
  hectorCommand('add', {
    summary: 'record an answer: it stops the person at once',
    description:
      'Records an answer. Every open message of the person is cancelled in all campaigns, and colleagues are stopped where the scenario says so (company_stop). With --opt-out their addresses go on the blacklist; without it, words that sound like an opt-out are pointed out, and the decision is yours.',
    examples: [
      'hector reply add claire.durand@ads.example --text "Oui, parlons-en jeudi" --meeting',
      "hector reply add 'Claire Durand' --channel linkedin --text -  < answer.txt",
      'hector reply add 12 --text "Ne plus me contacter" --opt-out',
    ],
  })
    .argument('<prospect>', 'id, e-mail address, LinkedIn address or slug, phone number, or name')
    .requiredOption('--text <text>', 'the words of the answer; - reads them from stdin')
    .option('--meeting', 'they agreed to meet')
    .option('--opt-out', 'they asked not to be contacted again: blacklist their addresses')
    .addOption(
      new Option('--channel <channel>', 'where it came in (default: the last touch)').choices(CHANNELS),
    )
    .option('--at <time>', 'when it came in, ISO (default: now)')
    .action(async (prospect, options) => {
      await addReply(open(options), {
        prospect,
        text: options.text,
        meeting: options.meeting === true,
        optOut: options.optOut === true,
        channel: options.channel ?? null,
        at: options.at ?? null,
      });
    });

export interface ReplyOptions {
  prospect: string;
  /** `-`: stdin. */
  text: string;
  meeting: boolean;
  optOut: boolean;
  channel: Channel | null;
  /** ISO 8601; null: now. */
  at: string | null;
}

export async function addReply(context: Context, options: ReplyOptions): Promise<void> {
  const now = context.now();
  const at = options.at === null ? now : instantOf(options.at, now);
  const text = await replyText(context, options.text);
  const person = await personNamed(context, options.prospect);
  const { meeting, optOut, channel } = options;
  const result = await (await context.replyStore()).add({
    prospectId: person.id,
    text,
    meeting,
    optOut,
    channel,
    at,
    now,
  });
  const suspicious = !optOut && soundsLikeOptOut(text);
  if (context.json) printJson(context.io, replyJson(person, result, { at, suspicious }));
  else for (const line of lines(person, result)) context.io.out(printable(line));
  if (suspicious)
    context.io.warn(
      `This reads like an opt-out. Never contact them again: hector blacklist add '#${person.id}'`,
    );
}

/** A text is a mail or a message, not a file. */
const LONGEST = 100_000;

async function replyText(context: Context, typed: string): Promise<string> {
  let text = typed;
  if (typed === '-') {
    const chunks: Buffer[] = [];
    for await (const chunk of context.io.stdin) chunks.push(Buffer.from(chunk));
    text = Buffer.concat(chunks).toString('utf8');
  }
  text = text.trim();
  const next = 'hector reply add PROSPECT --text "…"';
  if (text === '') throw usageError('the answer has no text', next);
  if (text.length > LONGEST) throw usageError(`the answer is longer than ${LONGEST} characters`, next);
  return text;
}

function instantOf(typed: string, now: number): number {
  const at = /^\d{4}-\d{2}-\d{2}/.test(typed) ? Date.parse(typed) : Number.NaN;
  if (Number.isNaN(at))
    throw usageError(
      `--at is no ISO time: "${printable(typed)}"`,
      'hector reply add PROSPECT --text "…" --at 2026-11-23T10:00:00+01:00',
    );
  if (at > now) throw usageError(`--at lies in the future: "${printable(typed)}"`, 'date -Is');
  return at;
}

function lines(person: Prospect, { answers, stopped, colleagues, blacklisted }: ReplyResult): string[] {
  const who = `${prospectName(person)} (#${person.id})`;
  const firm = person.company ? ` of ${person.company}` : '';
  const found: string[] = [];
  if (answers === null) found.push(`Recorded: ${who} is in no campaign.`);
  else {
    const step = answers.step === null ? '' : `, answering step ${answers.step}`;
    const mode = answers.mode === 'rehearsal' ? ' (rehearsal)' : '';
    found.push(`Recorded: ${who} is now ${answers.status} in ${answers.campaign}${mode}${step}.`);
  }
  if (stopped.enrolments + stopped.messages > 0)
    found.push(
      `Stopped: ${counted(stopped.enrolments, 'enrolment')}, ${counted(stopped.messages, 'message')} cancelled.`,
    );
  if (colleagues.people > 0)
    found.push(
      `Colleagues${firm} stopped: ${counted(colleagues.people, 'person', 'people')}, ${counted(colleagues.messages, 'message')} cancelled.`,
    );
  for (const { kind, value } of blacklisted) found.push(`Blacklisted: ${kind} ${value}`);
  return found;
}

/** Stable keys: docs/json.md. */
const replyJson = (person: Prospect, result: ReplyResult, seen: { at: number; suspicious: boolean }) => ({
  prospect: { id: person.id, name: prospectName(person) },
  at: isoOrNull(seen.at),
  answers: result.answers && {
    campaign: result.answers.campaign,
    mode: result.answers.mode,
    step: result.answers.step,
    channel: result.answers.channel,
    status: result.answers.status,
  },
  stopped: result.stopped,
  colleagues: result.colleagues,
  blacklisted: result.blacklisted,
  looks_like_opt_out: seen.suspicious,
});
