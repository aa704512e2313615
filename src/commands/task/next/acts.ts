import type { Task } from '../../../engine/ports/tasks.ts';
import { usageError } from '../../../errors.ts';
import { confirmSent, laterUntil } from '../confirm.ts';
import { personOf } from '../print.ts';
import { copyText } from './card.ts';
import type { Answer } from './keys.ts';
import { recordReply } from './reply.ts';
import type { Session } from './state.ts';
import { actWords, type SessionAct } from './tally.ts';
import { editTask, rewriteTask } from './texts.ts';

/** `next`: the task is settled; `elsewhere`: another one is to be shown first; `stay`: it is asked about again. */
type Result = 'next' | 'elsewhere' | 'stay';

/** What a key does. @throws UserError where it cannot be done */
export async function act(
  session: Session,
  task: Task | null,
  answer: Exclude<Answer, 'help' | 'quit'>,
): Promise<Result> {
  if (answer === 'undo') return undo(session);
  if (!task) return 'stay';
  switch (answer) {
    case 'copy':
      await copyText(session.context, task.body);
      return 'stay';
    case 'open':
      await openProfile(session, task.prospect);
      return 'stay';
    case 'edit':
      await editTask(session, task);
      return 'stay';
    case 'rewrite':
      await rewriteTask(session, task);
      return 'stay';
    case 'accepted':
      await recordAccepted(session, task.prospect);
      return 'stay';
    case 'replied':
      return (await recordReply(session, task)) ? 'next' : 'stay';
    case 'sent':
    case 'skip':
    case 'later':
    case 'not_found':
    case 'connected':
    case 'stop':
      note(session, task, await settle(session, task, answer), task.messageId);
      return 'next';
  }
}

async function settle(
  { context, store, passed }: Session,
  task: Task,
  answer: 'sent' | 'skip' | 'later' | 'not_found' | 'connected' | 'stop',
): Promise<SessionAct> {
  const now = context.now();
  switch (answer) {
    case 'sent':
      await confirmSent(context, store, task, task.body);
      return 'sent';
    case 'skip':
      await store.skip(task, 'skipped by the operator', now);
      return 'skipped';
    case 'later':
      await store.later(task, await laterUntil(context));
      passed.push(task.messageId);
      return 'later';
    case 'not_found':
      await store.notFound(task, now);
      return 'not_found';
    case 'connected':
      await store.connected(task, now);
      return 'connected';
    case 'stop':
      await store.stop(task, now);
      return 'stopped';
  }
}

/** Counted, and kept for `u`. */
function note(
  { tally, done }: Session,
  { prospect }: Pick<Task, 'prospect'>,
  act: SessionAct,
  messageId: number,
): void {
  tally.add(act);
  done.push({ messageId, act, person: personOf({ prospect }) });
}

/** Steps that wait for it go out with the next tick. */
export async function recordAccepted(session: Session, prospect: Task['prospect']): Promise<void> {
  const { context, store } = session;
  const messageId = await store.accepted(prospect.id, context.now());
  const person = personOf({ prospect });
  context.io.note(messageId === null ? `Known already: ${person}` : `Accepted: ${person}`);
  if (messageId !== null) note(session, { prospect }, 'accepted', messageId);
}

async function undo(session: Session): Promise<Result> {
  const { context, store, tally, done, passed } = session;
  const last = done.at(-1);
  if (!last) throw usageError('nothing of this session is left to take back');
  if (last.act === 'replied')
    throw usageError(`the answer of ${last.person} has stopped them everywhere: it is not taken back`);
  const { act: undone } = await store.undo(last.messageId, context.now());
  done.pop();
  tally.add(undone, -1);
  const place = passed.indexOf(last.messageId);
  if (place >= 0) passed.splice(place, 1);
  context.io.note(`Taken back: ${last.person}, ${actWords(undone)}.`);
  if (undone === 'accepted') return 'stay';
  session.wanted = last.messageId;
  return 'elsewhere';
}

export async function openProfile(
  { context }: Pick<Session, 'context'>,
  prospect: Task['prospect'],
): Promise<void> {
  if (prospect.linkedin === null) throw usageError(`${personOf({ prospect })} has no LinkedIn profile`);
  if (!(await context.openProfile(prospect.linkedin)))
    context.io.note('No browser can be opened from here: use the address above.');
}
