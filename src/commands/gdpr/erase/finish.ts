import type { Context } from '../../../context.ts';
import { EXIT } from '../../../errors.ts';
import { createProgress } from '../../../io/progress.ts';

export interface Traces {
  /** Nothing of them is left in the free pages of the database, nor in its log. */
  compacted: boolean;
}

/** What is left to do once the rows are erased: files of the outbox, free pages; and what a person has to see to. */
export async function finishErasure(context: Context, files: readonly string[]): Promise<Traces> {
  const { io } = context;
  const outbox = await context.outboxFiles();
  for (const name of files)
    try {
      outbox.remove(name);
    } catch {
      context.exitCode = EXIT.failed;
      io.warn(`Could not be removed, and names them: outbox/${name}`);
    }
  const progress = createProgress(io, 'Writing the database anew');
  progress.at(0);
  const compacted = await (await context.stores.gdpr()).compact();
  progress.end();
  if (!compacted) {
    context.exitCode = EXIT.failed;
    io.warn(
      'The rows are erased, but traces may be left in free pages: another program holds the database, or the disk is full. Later: hector gdpr purge --yes',
    );
  }
  io.note(
    'Out of reach here, and perhaps yours to see to: backups of the database, exports, lists that were imported, FILE.refused.csv, and what Resend, Twilio, Anthropic and LinkedIn keep.',
  );
  return { compacted };
}
