import type { Said, Task } from '../../../engine/ports/tasks.ts';
import { usageError } from '../../../errors.ts';
import { confirmSent, laterUntil } from '../confirm.ts';
import { personOf } from '../print.ts';
import { copyText } from './card.ts';
import type { Answer } from './keys.ts';
import { lookAgain } from './look-again.ts';
import { recordReply } from './reply.ts';
import type { Session } from './state.ts';
import { stopPerson } from './stop.ts';
import { actWords, type Done, type SessionAct } from './tally.ts';
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
    case 'open':
    case 'edit':
    case 'rewrite':
      return useText(session, task, answer);
    case 'accepted':
      await recordAccepted(session, task.prospect, { enrolmentId: task.enrolmentId });
      return 'stay';
    case 'replied':
      return (await recordReply(session, task)) ? 'next' : 'stay';
    case 'sent':
    case 'skip':
    case 'later':
    case 'not_found':
    case 'connected':
      sayRecorded(session, task, await settle(session, task, answer));
      return 'next';
    case 'stop':
      return stop(session, task);
  }
}

async function stop(session: Session, task: Task): Promise<Result> {
  const stopped = await stopPerson(session, task);
  if (!stopped) return 'stay';
  sayRecorded(session, task, { act: 'stopped', said: stopped.said }, stopped.campaigns);
  return 'next';
}

/** Only of a text that may still be sent. */
async function useText(
  session: Session,
  shown: Task,
  answer: 'copy' | 'open' | 'edit' | 'rewrite',
): Promise<Result> {
  const task = await lookAgain(session, { messageId: shown.messageId, person: personOf(shown) });
  if (!task) return 'elsewhere';
  if (answer === 'copy') await copyText(session.context, task.body);
  if (answer === 'open') await openProfile(session, task.prospect);
  if (answer === 'edit') await editTask(session, task);
  if (answer === 'rewrite') await rewriteTask(session, task);
  return 'stay';
}

async function settle(
  { context, store, passed }: Session,
  task: Task,
  answer: 'sent' | 'skip' | 'later' | 'not_found' | 'connected',
): Promise<{ act: SessionAct; said: Said }> {
  const now = context.now();
  switch (answer) {
    case 'sent':
      return { act: 'sent', said: await confirmSent(context, store, task, task.body) };
    case 'skip':
      return { act: 'skipped', said: await store.skip(task, 'skipped by the operator', now) };
    case 'later':
      await store.later(task, await laterUntil(context));
      passed.push(task.messageId);
      return { act: 'later', said: null };
    case 'not_found':
      return { act: 'not_found', said: await store.notFound(task, now) };
    case 'connected':
      return { act: 'connected', said: await store.connected(task, now) };
  }
}

/** @param of the campaigns that it has ended */
function sayRecorded(session: Session, task: Task, what: Pick<Done, 'act' | 'said'>, of = ''): void {
  note(session, task, { messageId: task.messageId, ...what });
  session.context.io.note(`Recorded: ${personOf(task)}, ${actWords(what.act)}${of && `: ${of}`}.`);
}

/** Counted, and kept for `u`. */
function note(
  { tally, done }: Session,
  { prospect }: Pick<Task, 'prospect'>,
  what: Pick<Done, 'messageId' | 'act' | 'said'>,
): void {
  tally.add(what.act);
  done.push({ ...what, person: personOf({ prospect }) });
}

/**
 * Steps that wait for it go out with the next tick.
 * @param of the invitation that was asked about, or the enrolment whose card is shown: at a rehearsal's, a rehearsal's
 */
export async function recordAccepted(
  session: Session,
  prospect: Task['prospect'],
  of: { messageId: number } | { enrolmentId: number },
): Promise<void> {
  const { context, store } = session;
  const recorded = await store.accepted(prospect.id, context.now(), of);
  const person = personOf({ prospect });
  context.io.note(recorded === null ? `Known already: ${person}` : `Accepted: ${person}`);
  if (recorded !== null) note(session, { prospect }, { act: 'accepted', ...recorded });
}

async function undo(session: Session): Promise<Result> {
  const { context, store, tally, done, passed } = session;
  const last = done.at(-1);
  if (!last) throw usageError('nothing of this session is left to take back');
  if (last.act === 'replied')
    throw usageError(`the answer of ${last.person} has stopped them everywhere: it is not taken back`);
  const { act: undone } = await store.undo(last.messageId, context.now(), last.said);
  done.pop();
  tally.add(undone, -1);
  const place = passed.indexOf(last.messageId);
  if (place >= 0) passed.splice(place, 1);
  context.io.note(`Taken back: ${last.person}, ${actWords(undone)}.`);
  if (undone === 'accepted') return 'stay';
  session.wanted = last;
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
