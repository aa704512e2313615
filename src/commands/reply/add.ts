import { Option } from '@commander-js/extra-typings';
import type { Context } from '../../context.ts';
import { CHANNELS, type Channel } from '../../engine/model.ts';
import { soundsLikeOptOut } from '../../engine/texts/opt-out.ts';
import { usageError } from '../../errors.ts';
import { printJson } from '../../io/table.ts';
import { printable } from '../../io.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { personNamed } from '../prospect/view.ts';
import { instantOf } from './instant.ts';
import { lines, replyJson } from './print.ts';
import { addProblem, problemType } from './problem.ts';

export const command = (open: OpenContext) =>
  hectorCommand('add', {
    summary: 'record an answer, or a mail that came back: it stops the person at once',
    description:
      'Records an answer. Every open message of the person is cancelled in all campaigns, and colleagues are stopped where the scenario says so (company_stop). With --opt-out their addresses go on the blacklist; without it, words that sound like an opt-out are pointed out, and the decision is yours. --bounced and --complained say what became of the last e-mail: the address, or all addresses of who complained, go on the blacklist, and a campaign with too many of them pauses itself.',
    examples: [
      'hector reply add claire.durand@ads.example --text "Oui, parlons-en jeudi" --meeting',
      "hector reply add 'Claire Durand' --channel linkedin --text -  < answer.txt",
      'hector reply add 12 --text "Ne plus me contacter" --opt-out',
      'hector reply add claire.durand@ads.example --bounced',
    ],
  })
    .argument('<prospect>', 'id, e-mail address, LinkedIn address or slug, phone number, or name')
    .option('--text <text>', 'the words of the answer; - reads them from stdin')
    .option('--meeting', 'they agreed to meet')
    .option('--opt-out', 'they asked not to be contacted again: blacklist their addresses')
    .option('--bounced', 'no answer: the last e-mail came back, the address does not exist')
    .option('--complained', 'no answer: the last e-mail was reported as spam')
    .addOption(
      new Option('--channel <channel>', 'where it came in (default: the last touch)').choices(CHANNELS),
    )
    .option('--at <time>', 'when it came in, ISO (default: now)')
    .action(async (prospect, options) => {
      const at = options.at ?? null;
      const type = problemType(options);
      if (type) return addProblem(open(options), { prospect, type, at });
      if (options.meeting && options.optOut)
        throw usageError('--meeting and --opt-out exclude each other', 'hector reply add --help');
      await addReply(open(options), {
        prospect,
        text: options.text ?? '',
        meeting: options.meeting === true,
        optOut: options.optOut === true,
        channel: options.channel ?? null,
        at,
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
  const result = await (await context.stores.replies()).add({
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
  else for (const line of lines(person, result, null)) context.io.out(printable(line));
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
