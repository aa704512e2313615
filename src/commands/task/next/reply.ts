import type { Task } from '../../../engine/ports/tasks.ts';
import { soundsLikeOptOut } from '../../../engine/texts/opt-out.ts';
import type { Key } from '../../../io/press-key.ts';
import { printable } from '../../../io.ts';
import { lines } from '../../reply/print.ts';
import { personOf } from '../print.ts';
import { question } from './keys.ts';
import type { Session } from './state.ts';
import { saysYes } from './yes-no.ts';

type Meaning = 'answer' | 'meeting' | 'opt_out' | 'back';

/** None of them means anything else at a card, but for `x`, which ends everything there as well. */
const MEANINGS: readonly Key<Meaning>[] = [
  { key: 'j', name: 'just an answer', value: 'answer' },
  { key: 'm', name: 'a meeting', value: 'meeting' },
  { key: 'x', name: 'no more, ever', value: 'opt_out' },
  { key: 'b', name: 'back, not recorded', value: 'back' },
];

const LONGEST = 100_000;

/** The words of an answer, and what it means; it stops the person at once. False: nothing was recorded. */
export async function recordReply(session: Session, task: Task): Promise<boolean> {
  const { context } = session;
  const isMeant = task.mode !== 'rehearsal' || (await saysYes(session, isReal(task), 'yes, really'));
  const text = isMeant ? await wordsOf(session) : '';
  if (text === '') return notRecorded(session);
  if (soundsLikeOptOut(text)) context.io.warn('This reads like an opt-out.');
  const meaning = await meaningOf(session, task);
  if (meaning === 'back') return notRecorded(session);
  const now = context.now();
  const result = await (await context.stores.replies()).add({
    prospectId: task.prospect.id,
    text: text.slice(0, LONGEST),
    meeting: meaning === 'meeting',
    optOut: meaning === 'opt_out',
    channel: 'linkedin',
    at: now,
    now,
  });
  for (const line of lines(task.prospect, result, null)) context.io.note(printable(line));
  session.tally.add('replied');
  session.done.push({ messageId: task.messageId, act: 'replied', said: null, person: personOf(task) });
  return true;
}

/** What cannot be taken back is asked twice. */
async function meaningOf(session: Session, task: Task): Promise<Meaning> {
  const { context } = session;
  for (;;) {
    const meaning = await context.prompter().key(question(MEANINGS, context.io.width), MEANINGS);
    if (meaning !== 'opt_out' || (await saysYes(session, isForEver(task), 'yes, for good'))) return meaning;
  }
}

const isForEver = (task: Task): string =>
  `No more, ever? Puts ${personOf(task)} on the blacklist for all campaigns; u does not take it back.`;

function notRecorded({ context }: Session): false {
  context.io.note('Nothing was recorded.');
  return false;
}

/** An answer is a fact about the person, whatever the campaign of the text. */
const isReal = (task: Task): string =>
  `This is a rehearsal. Has ${personOf(task)} really answered? It stops them in live campaigns as well.`;

async function wordsOf({ context }: Session): Promise<string> {
  const { VISUAL, EDITOR } = context.env;
  const editor = VISUAL?.trim() || EDITOR?.trim() ? 'your editor' : 'vi';
  const asked = `What they wrote (e alone opens ${editor}, an empty line cancels):`;
  const line = (await context.prompter().ask(asked)).trim();
  return line.toLowerCase() === 'e' ? (await context.prompter().edit('Answer', '')).trim() : line;
}
