import type { Context } from '../../context.ts';
import { EXIT, usageError } from '../../errors.ts';
import { printJson } from '../../io/table.ts';
import { printable } from '../../io.ts';
import { hectorCommand, type OpenContext } from '../command.ts';
import { messageNumber } from './number.ts';
import { draftJson, printDraft, rewrittenText } from './review/print.ts';
import { Reviewer } from './review/reviewer.ts';

export const command = (open: OpenContext) =>
  hectorCommand('rewrite', {
    summary: 'have a text that waits for approval written anew',
    description:
      'Claude writes a text that waits for approval anew, by a remark of yours. It still waits afterwards; where Claude cannot, it stays as it was.',
    examples: ["hector message rewrite 12 --remark 'shorter, and without the figure'"],
  })
    .argument('<message>', 'number of hector message list --awaiting')
    .requiredOption('--remark <text>', 'what should be otherwise')
    .action(async (message, options) => rewriteMessage(open(options), message, options.remark));

export async function rewriteMessage(context: Context, number: string, remark: string): Promise<void> {
  if (remark.trim() === '') throw usageError('--remark is empty', 'hector message rewrite --help');
  const reviewer = new Reviewer(context, await context.stores.reviews());
  const before = await reviewer.store.find(messageNumber(number));
  const result = await reviewer.rewrite(before, remark.trim());
  const draft = result.ok ? result.draft : before;
  if (!result.ok) context.exitCode = EXIT.failed;
  if (context.json) {
    const problem = result.ok ? null : result.problem;
    printJson(context.io, { ...draftJson(draft), rewritten: result.ok, problem });
    return;
  }
  if (!result.ok) {
    context.io.warn(printable(`message ${draft.messageId} stays as it was: ${result.problem}`));
    context.io.note(`By hand: hector message edit ${draft.messageId}`);
    return;
  }
  printDraft(context, draft, rewrittenText(before, draft));
  context.io.note(`It still waits. Next: hector message approve ${draft.messageId}`);
}
