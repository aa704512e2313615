import type { Context } from '../../../context.ts';
import type { Erased, ErasureCause } from '../../../engine/ports/gdpr.ts';
import { EXIT, failure, UserError } from '../../../errors.ts';
import { whileBusy } from '../../../io/progress.ts';
import { counted } from '../../counted.ts';

export interface Traces {
  /** Nothing of them is left in the free pages of the database, nor in its log. */
  compacted: boolean;
}

/**
 * The rows, and then the files of these people: whatever breaks off later, nothing of them is left in the outbox.
 * @param before people who were erased by the same command
 * @throws UserError that says how many were erased
 */
export async function eraseNow(
  context: Context,
  ids: readonly number[],
  { cause, before }: { cause: ErasureCause; before: number },
): Promise<Erased> {
  const store = await context.stores.gdpr();
  const erased = await store.erase(ids, cause, context.now()).catch((error: unknown) => {
    if (!(error instanceof UserError)) throw error;
    const done = before === 0 ? 'nobody was' : `before that, ${counted(before, 'person was', 'people were')}`;
    throw failure(`${error.message}; ${done} erased`, error.next, error);
  });
  await removeFiles(context, erased.messageIds);
  return erased;
}

async function removeFiles(context: Context, messageIds: readonly number[]): Promise<number> {
  const outbox = await context.outboxFiles();
  let removed = 0;
  for (const name of outbox.of(messageIds))
    try {
      outbox.remove(name);
      removed += 1;
    } catch {
      context.exitCode = EXIT.failed;
      context.io.warn(`Could not be removed, and names them: outbox/${name}`);
    }
  return removed;
}

/**
 * What is left to do once the rows are erased: files of earlier ones, free pages; and what a person has to see to.
 * @param nobody nobody was to be erased: there is nothing to see to
 */
export async function finishErasure(context: Context, nobody = false): Promise<Traces> {
  const { io } = context;
  const store = await context.stores.gdpr();
  // Of whoever was erased by a command that broke off, or was sent a rehearsal while it ran.
  await removeFiles(context, await store.messagesOfErased());
  const compacted = await whileBusy(io, 'Writing the database anew', () => store.compact());
  if (!compacted) {
    context.exitCode = EXIT.failed;
    io.warn(
      'The rows are erased, but traces may be left in free pages: another program holds the database, or the disk is full. Later: hector gdpr purge --compact',
    );
  }
  if (!nobody)
    io.note(
      'Out of reach here, and perhaps yours to see to: backups of the database, exports, lists that were imported, FILE.refused.csv, mails of cron, and what Resend, Twilio, Anthropic and LinkedIn keep.',
    );
  return { compacted };
}
