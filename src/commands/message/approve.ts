import type { Context } from '../../context.ts';
import type { Approved, Draft, ReviewStore } from '../../engine/ports/review.ts';
import { shellWord } from '../../engine/shell-word.ts';
import { EXIT, type ExitCode, UserError, usageError } from '../../errors.ts';
import { printJson } from '../../io/table.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { counted } from '../counted.ts';
import { messageNumber } from './number.ts';

export interface ApproveOptions {
  all: boolean;
  campaign: string | null;
  yes: boolean;
}

export const command = (open: OpenContext) =>
  hectorCommand('approve', {
    summary: 'texts may go out as they are',
    description:
      'Approves texts that wait for it: the next tick sends them inside their hours, and looks at every rule again before. Without a terminal --all wants --yes.',
    examples: [
      'hector message approve 12 13',
      "hector message approve --all --campaign 'PME Ouest'",
      'hector message approve --all --yes',
    ],
  })
    .argument('[message...]', 'numbers of hector message list --awaiting')
    .option('--all', 'all that wait')
    .option('--campaign <name>', 'with --all: only this campaign')
    .option('-y, --yes', 'do not ask')
    .action(async (messages, options) =>
      approveMessages(open(options), messages, {
        all: options.all === true,
        campaign: options.campaign ?? null,
        yes: options.yes === true,
      }),
    );

const HELP = 'hector message approve --help';

export async function approveMessages(
  context: Context,
  numbers: readonly string[],
  options: ApproveOptions,
): Promise<void> {
  const { all, campaign } = options;
  if (all && numbers.length > 0) throw usageError('--all and numbers exclude each other', HELP);
  if (!all && numbers.length === 0) throw usageError('which messages? Name them, or say --all', HELP);
  if (!all && campaign !== null) throw usageError('--campaign goes with --all', HELP);
  const store = await context.stores.reviews();
  if (!all) {
    const { drafts, left } = await named(store, [...new Set(numbers.map(messageNumber))]);
    const result = await store.approve(drafts, context.now());
    return report(context, result.approved, [...left, ...late(result)]);
  }
  const drafts = await store.list({ campaign, channel: null, step: null }, null);
  if (!(await agreed(context, drafts, options))) return context.io.note('Nothing was changed.');
  const result = await store.approve(drafts, context.now());
  report(context, result.approved, late(result));
}

/** Settled by somebody else between the look and the deed. */
const late = ({ left }: Approved): Left[] =>
  left.map((each) => ({ ...each, next: show(each.messageId), exitCode: EXIT.failed }));

/** A text that stays as it was, and what to type about it. */
interface Left {
  messageId: number;
  why: string;
  next: string;
  exitCode: ExitCode;
}

const show = (messageId: number): string => `hector message show ${messageId}`;

/** One that is settled already keeps no other from being approved. */
async function named(store: ReviewStore, ids: readonly number[]): Promise<{ drafts: Draft[]; left: Left[] }> {
  const drafts: Draft[] = [];
  const left: Left[] = [];
  for (const messageId of ids)
    try {
      drafts.push(await store.find(messageId));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      const { message: why, next = show(messageId), exitCode } = error;
      left.push({ messageId, why, next, exitCode });
    }
  return { drafts, left };
}

async function agreed(
  context: Context,
  drafts: readonly Draft[],
  { campaign, yes }: ApproveOptions,
): Promise<boolean> {
  if (drafts.length === 0 || yes) return true;
  const where = campaign === null ? '' : ` of "${campaign}"`;
  const texts = counted(drafts.length, 'text');
  if (!context.io.interactive)
    throw usageError(
      `${texts}${where} would be approved unread: say --yes`,
      `hector message approve --all ${campaign === null ? '' : `--campaign ${shellWord(campaign)} `}--yes`,
    );
  return context.prompter().confirm(`Approve ${texts}${where} unread?`);
}

/** What somebody else has settled meanwhile is said, one line each. */
function report(context: Context, approved: readonly number[], left: readonly Left[]): void {
  const unknown = approved.length === 0 && left.every(({ exitCode }) => exitCode === EXIT.usage);
  if (left.length > 0) context.exitCode = unknown ? EXIT.usage : EXIT.failed;
  if (context.json) {
    printJson(context.io, { approved, left: left.map(({ messageId, why }) => ({ id: messageId, why })) });
    return;
  }
  for (const { why, next } of left) context.io.warn(`${why}. Try: ${next}`);
  context.io.out(`Approved: ${counted(approved.length, 'text')}.`);
  if (approved.length > 0) context.io.note('They go out with the next tick inside their hours: hector tick');
}
