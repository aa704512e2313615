import { Option } from '@commander-js/extra-typings';
import type { Context } from '../../context.ts';
import { CHANNELS, type Channel, MESSAGE_STATES, type MessageState } from '../../engine/model.ts';
import type { LedgerMessage } from '../../engine/ports/messages.ts';
import { reasonWords } from '../../engine/reason-words.ts';
import { usageError } from '../../errors.ts';
import { printJson, printTable } from '../../io/table.ts';
import { relative } from '../../io/time.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { positiveInteger } from '../positive-integer.ts';
import { messageJson } from './view.ts';

export interface ListOptions {
  failed: boolean;
  uncertain: boolean;
  /** Texts that wait for approval. */
  awaiting: boolean;
  state: MessageState | null;
  campaign: string | null;
  channel: Channel | null;
  /** Null: 50 on a terminal, else all. */
  limit: number | null;
}

export const command = (open: OpenContext) =>
  hectorCommand('list', {
    summary: 'messages that failed, were refused or perhaps sent; or of any state',
    description:
      'Lists messages, the newest first: those a person may have to do something about, or those of a state; what waits for approval the oldest first. On a terminal the first 50, piped all of them.',
    examples: [
      'hector message list',
      'hector message list --failed --campaign Printemps',
      'hector message list --awaiting',
      'hector message list --state sent --channel sms --json',
    ],
  })
    .option('--failed', 'only those that failed or were refused')
    .option('--uncertain', 'only those that were perhaps sent')
    .option('--awaiting', 'only those that wait for approval')
    .addOption(new Option('--state <state>', 'only those of this state').choices(MESSAGE_STATES))
    .option('--campaign <name>', 'only this campaign')
    .addOption(new Option('--channel <channel>', 'only this channel').choices(CHANNELS))
    .option('--limit <number>', 'at most this many', positiveInteger)
    .action(async (options) =>
      listMessages(open(options), {
        failed: options.failed === true,
        uncertain: options.uncertain === true,
        awaiting: options.awaiting === true,
        state: options.state ?? null,
        campaign: options.campaign ?? null,
        channel: options.channel ?? null,
        limit: options.limit ?? null,
      }),
    );

const TERMINAL_LIMIT = 50;
const FAILED: readonly MessageState[] = ['failed', 'rejected'];
const RETRIED: readonly MessageState[] = [...FAILED, 'uncertain'];

export async function listMessages(context: Context, options: ListOptions): Promise<void> {
  const { io } = context;
  const store = await context.stores.messages();
  const filter = { states: statesOf(options), campaign: options.campaign, channel: options.channel };
  const limit = options.limit ?? (io.terminal && !context.json ? TERMINAL_LIMIT : null);
  const messages = await store.list(filter, limit, onlyAwaiting(filter.states) ? 'oldest' : 'newest');
  if (context.json) return printJson(io, messages.map(messageJson));
  if (messages.length === 0) return io.note('No such message. Next: hector status');
  await printMessages(context, messages);
  const all = messages.length === limit ? await store.count(filter) : messages.length;
  if (all > messages.length)
    io.note(`${messages.length} of ${all}. More: --limit ${all}${io.terminal ? ', or pipe it' : ''}.`);
  const again = messages.some(({ state }) => RETRIED.includes(state));
  const waits = messages.some(({ state }) => state === 'awaiting_approval');
  io.note(
    `All of one: hector message show ID.${again ? ' Try again: hector message retry ID' : ''}${waits ? ' One by one: hector message review' : ''}`,
  );
}

/** In the order of a review. */
const onlyAwaiting = (states: readonly MessageState[]): boolean =>
  states.every((state) => state === 'awaiting_approval');

function statesOf({ failed, uncertain, awaiting, state }: ListOptions): readonly MessageState[] {
  const asked: MessageState[] = [
    ...(failed ? FAILED : []),
    ...(uncertain ? (['uncertain'] as const) : []),
    ...(awaiting ? (['awaiting_approval'] as const) : []),
  ];
  if (state === null) return asked.length > 0 ? asked : RETRIED;
  if (asked.length === 0) return [state];
  throw usageError(
    '--state cannot be joined with --failed, --uncertain or --awaiting',
    'hector message list --help',
  );
}

const printMessages = (context: Context, messages: readonly LedgerMessage[]): Promise<void> =>
  printTable(
    context.io,
    [
      { header: 'Id', align: 'right', whole: true, value: ({ id }) => id },
      { header: 'State', whole: true, value: ({ state }) => state },
      { header: 'Person', whole: true, value: ({ person }) => person },
      { header: 'To', drop: 2, value: ({ to }) => to },
      {
        header: 'Campaign',
        drop: 1,
        value: ({ campaign, mode }) => (mode === 'rehearsal' ? `${campaign} (rehearsal)` : campaign),
      },
      { header: 'Step', value: ({ step }) => step },
      {
        header: 'Why',
        wrap: true,
        value: ({ error }) => (error !== null && context.io.terminal ? reasonWords(error) : error),
      },
      {
        header: 'Since',
        whole: true,
        value: ({ sentAt, claimedAt, createdAt }) => {
          const at = sentAt ?? claimedAt ?? createdAt;
          return context.io.terminal ? relative(at, context.now()) : new Date(at).toISOString();
        },
      },
    ],
    messages,
  );
