import type { Context } from '../../context.ts';
import type { LedgerMessage, MessageDetail } from '../../engine/ports/messages.ts';
import { eventWords, reasonWords } from '../../engine/reason-words.ts';
import { printPair } from '../../io/pair.ts';
import { printJson } from '../../io/table.ts';
import { dateTimeIn } from '../../io/time.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { usd } from '../money.ts';
import { messageNumber } from './number.ts';
import { messageJson } from './view.ts';
import { writingJson, writingLines } from './writing.ts';

export const command = (open: OpenContext) =>
  hectorCommand('show', {
    summary: 'one message: text, who wrote it and from what, its whole life',
    description:
      'Shows all that is known of one message: its text as it was or will be sent, who wrote it and which facts it rests on, what it cost, and what has happened to it since.',
    examples: ['hector message show 12', 'hector message show 12 --json'],
  })
    .argument('<message>', 'number of hector message list')
    .action(async (message, options) => showMessage(open(options), message));

/** Columns of a label. */
const LABEL = 12;

export async function showMessage(context: Context, number: string): Promise<void> {
  const { io } = context;
  const detail = await (await context.stores.messages()).detail(messageNumber(number));
  if (context.json) return printJson(io, detailJson(detail));
  const { timezone } = await context.config();
  const time = (at: number): string => dateTimeIn(at, timezone);
  const lines = [
    ...factsOf(detail.message, io.terminal),
    ...writingLines(detail),
    ...lifeOf(detail, { time, timezone, words: io.terminal }),
  ];
  for (const [name, value] of lines) if (value !== null) printPair(io, name, value, LABEL);
  io.out('');
  for (const line of detail.message.body.split('\n')) io.out(line.replace(/\p{Cc}/gu, '?'));
  if (detail.message.state === 'awaiting_approval')
    io.note('It waits for approval. Next: hector message review');
}

const detailJson = ({ message, writing, costBefore, life }: MessageDetail) => ({
  ...messageJson(message),
  subject: message.subject,
  text: message.body,
  source: message.source,
  template: message.template,
  writing: writingJson(writing),
  cost_usd: writing && usd(writing.cost + costBefore),
  life: life.map(({ at, what, detail }) => ({ at: new Date(at).toISOString(), what, detail })),
  provider: message.provider,
  provider_id: message.providerId,
  enrolment: message.enrolment,
});

function factsOf(message: LedgerMessage, words: boolean): [string, string | null][] {
  const { mode, campaign, enrolment, attempts } = message;
  const stands =
    enrolment.step === null ? enrolment.status : `${enrolment.status}, next step ${enrolment.step}`;
  return [
    ['Message', `${message.id}: ${message.state}`],
    ['Why', message.error && words ? reasonWords(message.error) : message.error],
    ['Person', `${message.person} (#${message.prospectId}), ${stands}`],
    ['To', message.to],
    ['Campaign', mode === 'rehearsal' ? `${campaign} (rehearsal)` : campaign],
    ['Step', `${message.step}, ${message.kind} by ${message.channel}`],
    [
      'Provider',
      [message.provider, message.providerId, attempts > 0 ? `attempts: ${attempts}` : null]
        .filter((part) => part !== null)
        .join(' ') || null,
    ],
    ['Subject', message.subject],
  ];
}

/** In the order it happened. The call to the provider is no event: it stands before what came of it. */
function lifeOf(
  { message, life }: MessageDetail,
  { time, timezone, words }: { time: (at: number) => string; timezone: string; words: boolean },
): [string, string][] {
  const { createdAt, claimedAt } = message;
  const all = [{ at: createdAt, what: 'written', detail: null }, ...life].sort((a, b) => a.at - b.at);
  if (claimedAt !== null) {
    const after = all.findIndex(
      ({ at, what }) => at > claimedAt || (at === claimedAt && !BEFORE_A_CALL.includes(what)),
    );
    const called = { at: claimedAt, what: 'called', detail: null };
    all.splice(after === -1 ? all.length : after, 0, called);
  }
  return all.map((event, index) => {
    const { what, detail } = words ? eventWords(event.what, event.detail) : event;
    const date = `${time(event.at)}${index === 0 ? ` (${timezone})` : ''}`;
    return [
      index === 0 ? 'Life' : '',
      `${date}  ${what.replace('_', ' ')}${detail === null ? '' : `: ${detail}`}`,
    ];
  });
}

const BEFORE_A_CALL = ['written', 'edited', 'rewritten', 'approved'];
