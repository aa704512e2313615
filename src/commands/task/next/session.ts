import type { Context } from '../../../context.ts';
import type { Offer, Task } from '../../../engine/ports/tasks.ts';
import { UserError } from '../../../errors.ts';
import { printable } from '../../../io.ts';
import { personOf } from '../print.ts';
import { act } from './acts.ts';
import { showCard, showText } from './card.ts';
import { type Answer, keyHelp, keysFor, question } from './keys.ts';
import { lookAgain } from './look-again.ts';
import { queueLines, toGo } from './queue.ts';
import { askWhoAccepted } from './round.ts';
import { type Standing, standingOf } from './standing.ts';
import type { Session } from './state.ts';
import { Tally } from './tally.ts';

/** A person may sit before one card for long. */
const RENEW_MS = 60_000;

/** Task by task, until none is left or the person has enough. */
export async function runSession(
  context: Context,
  options: { campaign: string | null; anyway: boolean },
): Promise<void> {
  const [store, look] = await Promise.all([context.stores.tasks(), context.stores.linkedinSession()]);
  const session: Session = {
    ...{ context, store, look, ...options },
    ...{ tally: new Tally(), passed: [], done: [], wanted: null, told: [] },
  };
  const renewing = setInterval(() => {
    // Where another program writes just now, the next turn does.
    look.renew(context.owner).catch(() => undefined);
  }, RENEW_MS).unref();
  try {
    await begin(session);
  } catch (error) {
    // Ctrl-C at a question, too: what was confirmed until then stands.
    sayDone(session);
    throw error;
  } finally {
    clearInterval(renewing);
    // A program that is gone holds nobody: what ended it is worth telling, not this.
    await look.release(context.owner).catch(() => undefined);
  }
  sayDone(session);
}

async function begin(session: Session): Promise<void> {
  const standing = await standingOf(session);
  const lines = await queueLines(session, standing);
  for (const line of lines) session.context.io.note(line);
  if (!(await askWhoAccepted(session))) return;
  await walk(session);
}

const sayDone = ({ context, tally }: Session): void => {
  if (!tally.isEmpty) context.io.note(tally.line());
};

async function walk(session: Session): Promise<void> {
  let shown = 0;
  for (;;) {
    const standing = await standingOf(session);
    tellOnce(session, standing);
    const task = await nextTask(session, standing.offer);
    if (typeof task !== 'string') {
      shown += 1;
      if (!(await work(session, task, await toGo(session, standing)))) return;
    } else if (shown === 0 && session.done.length === 0) return sayNothing(session, standing, task);
    else if (await endsHere(session, task)) return;
  }
}

function tellOnce(session: Session, { refusals }: Standing): void {
  for (const line of refusals) if (!session.told.includes(line)) session.context.io.warn(line);
  session.told = refusals;
}

const ELSEWHERE = 'What is left is on the screen of another session.';

function sayNothing({ context }: Session, { refusals }: Standing, why: 'none' | 'elsewhere'): void {
  const line =
    refusals.length === 0 ? 'No LinkedIn task is waiting.' : 'Nothing else is waiting on LinkedIn.';
  context.io.note(`${why === 'elsewhere' ? ELSEWHERE : line} Next: hector status`);
}

async function nextTask(session: Session, offer: Offer): Promise<Task | 'none' | 'elsewhere'> {
  const { context, look, wanted, passed } = session;
  session.wanted = null;
  const task = wanted && (await lookAgain(session, wanted));
  return task ?? look.reserve(offer, { except: passed, owner: context.owner, now: context.now() });
}

/** The last key of all may have been the wrong one, too. */
async function endsHere(session: Session, why: 'none' | 'elsewhere'): Promise<boolean> {
  const { io } = session.context;
  if (why === 'elsewhere') io.note(ELSEWHERE);
  if (session.done.length === 0) return true;
  if (why === 'none') io.note('Nothing is left.');
  const keys = keysFor(null, ['undo', 'quit']);
  const answer = await session.context.prompter().key(question(keys, io.width), keys);
  if (answer === 'undo') await act(session, null, 'undo');
  return answer === 'quit';
}

/** One task until it is settled or put off; false ends the session. */
async function work(session: Session, first: Task, position: string): Promise<boolean> {
  const { context, tally } = session;
  const startedAt = context.now();
  let task = first;
  await showCard(session, task, position);
  for (;;) {
    const keys = keysFor(task);
    const answer: Answer = await context.prompter().key(question(keys, context.io.width), keys);
    if (answer === 'help') for (const line of keyHelp(keys, context.io.width)) context.io.out(line);
    else if (answer === 'quit') return false;
    else {
      const result = await attempt(session, task, answer);
      if (result === 'next') {
        tally.took.push(context.now() - startedAt);
        return true;
      }
      if (result === 'elsewhere') return true;
      const open = await lookAgain(session, { messageId: task.messageId, person: personOf(task) });
      if (!open) return true;
      const changed = open.body !== task.body;
      task = open;
      if (changed) await showText(context, task);
    }
  }
}

/** What cannot be done is said, and the task stays. */
async function attempt(
  session: Session,
  task: Task,
  answer: Exclude<Answer, 'help' | 'quit'>,
): Promise<'next' | 'elsewhere' | 'stay'> {
  try {
    return await act(session, task, answer);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    session.context.io.warn(printable(error.message));
    return 'stay';
  }
}
