import type { Context } from '../../../context.ts';
import type { Draft, DraftFilter, ReviewStore } from '../../../engine/ports/review.ts';
import { editableText, readEditable } from '../../../engine/texts/edited-text.ts';
import { EXIT, UserError } from '../../../errors.ts';
import { watchInterrupt } from '../../../io/interrupt.ts';
import type { Choice } from '../../../io/prompter.ts';
import { printable } from '../../../io.ts';
import { personOf, printDraft, rewrittenText } from './print.ts';
import { Reviewer } from './reviewer.ts';
import { keepTyped, sayChecked } from './typed.ts';

type Answer = 'approve' | 'edit' | 'rewrite' | 'reject' | 'stop' | 'later' | 'quit';

const CHOICES: readonly Choice<Answer>[] = [
  { key: 'a', name: 'approve: it goes out with the next tick inside its hours', value: 'approve' },
  { key: 'e', name: 'edit the text', value: 'edit' },
  { key: 'w', name: 'have it written anew, by a remark of yours', value: 'rewrite' },
  { key: 'r', name: 'reject: pass over this step, go on with the next one', value: 'reject' },
  {
    key: 'x',
    name: 'stop: take this person out of all campaigns (never again: hector blacklist add)',
    value: 'stop',
  },
  { key: 'l', name: 'later: leave it in the list', value: 'later' },
  { key: 'q', name: 'quit; the rest stays in the list', value: 'quit' },
];

interface Session {
  context: Context;
  reviewer: Reviewer;
  /** How many have been shown. */
  seen: number;
  approved: number;
  rejected: number;
  stopped: number;
  later: number[];
  /** A ctrl-C came while Claude was writing. */
  interrupted: boolean;
}

interface Scope {
  filter: DraftFilter;
  limit: number | null;
}

/** Draft by draft, until none is left, `limit` of them are seen, or the person has enough. */
export async function reviewDrafts(context: Context, store: ReviewStore, scope: Scope): Promise<void> {
  const session: Session = {
    ...{ context, seen: 0, approved: 0, rejected: 0, stopped: 0, later: [], interrupted: false },
    reviewer: new Reviewer(context, store),
  };
  try {
    await walk(session, scope);
  } catch (error) {
    // Ctrl-C at a question, too: what was decided until then stands.
    if (session.seen > 0) sayDecided(session);
    throw error;
  }
  if (session.interrupted) context.exitCode = EXIT.interrupted;
  if (session.seen === 0) return context.io.note('No text waits for approval. Next: hector status');
  sayDecided(session);
}

async function walk(session: Session, { filter, limit }: Scope): Promise<void> {
  const { store } = session.reviewer;
  while (limit === null || session.seen < limit) {
    const [draft] = await store.list(filter, 1, session.later);
    if (!draft) return;
    const waiting = (await store.count(filter)) - session.later.length;
    const left = limit === null ? waiting : Math.min(waiting, limit - session.seen);
    session.seen += 1;
    if (!(await settle(session, draft, `${left} to go`))) return;
  }
}

const sayDecided = ({ context, approved, rejected, stopped, later }: Session): void =>
  context.io.note(
    `Approved ${approved}, rejected ${rejected}, stopped ${stopped}, left for later ${later.length}.`,
  );

/** One draft until it is settled or put off; false ends the session. */
async function settle(session: Session, first: Draft, position: string): Promise<boolean> {
  const { context } = session;
  let draft = first;
  for (;;) {
    printDraft(context, draft, position);
    const answer = await context.prompter().choose(`${personOf(draft)} (a letter, then Enter):`, CHOICES);
    if (answer === 'quit') return false;
    try {
      const next = await act(session, draft, answer);
      if (session.interrupted) return false;
      if (next === null) return true;
      draft = next;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      context.io.warn(error.message);
      const still = await ifWaiting(session, draft);
      if (still === null) return true;
      draft = still;
    }
  }
}

/** As it stands now; null: somebody else has settled it, which has been said. */
const ifWaiting = ({ reviewer }: Session, { messageId }: Draft): Promise<Draft | null> =>
  reviewer.store.find(messageId).catch((error: unknown) => {
    if (error instanceof UserError) return null;
    throw error;
  });

/** The draft as it stands then, or null once it is settled or put off. */
async function act(session: Session, draft: Draft, answer: Exclude<Answer, 'quit'>): Promise<Draft | null> {
  const { context, reviewer } = session;
  const { store } = reviewer;
  switch (answer) {
    case 'approve': {
      const { approved, left } = await store.approve([draft], context.now());
      for (const { why } of left) context.io.warn(why);
      session.approved += approved.length;
      return left.length === 0 ? null : ifWaiting(session, draft);
    }
    case 'edit':
      return edited(session, draft);
    case 'rewrite':
      return rewritten(session, draft);
    case 'reject': {
      const reason = await context.prompter().ask('Why? (kept in the history, may be empty)');
      await store.reject(draft, reason || 'by the operator', context.now());
      session.rejected += 1;
      return null;
    }
    case 'stop':
      await store.stop(draft, context.now());
      session.stopped += 1;
      return null;
    case 'later':
      session.later.push(draft.messageId);
      return null;
  }
}

/** What may not go out is offered again as it was typed; what is not kept in the end stays in a file. */
async function edited({ context, reviewer }: Session, draft: Draft): Promise<Draft> {
  const before = editableText(draft).trim();
  let text = before;
  try {
    for (;;) {
      text = await context.prompter().edit('Text', text);
      if (text.trim() === before) return draft;
      const checked = await reviewer.check(draft, readEditable(text, draft));
      if (checked.ok) {
        const kept = await reviewer.edit(draft, checked);
        sayChecked(context, checked);
        return kept;
      }
      context.io.warn(`Not kept: ${checked.problem}.`);
      if (await context.prompter().confirm('Edit it again?', true)) continue;
      await sayWhere(context, draft, text);
      return draft;
    }
  } catch (error) {
    if (text.trim() !== before) await sayWhere(context, draft, text);
    throw error;
  }
}

async function sayWhere(context: Context, draft: Draft, text: string): Promise<void> {
  const again = await keepTyped(context, draft, text);
  context.io.warn(printable(`What you typed is kept. To try it again: ${again}`));
}

async function rewritten(session: Session, draft: Draft): Promise<Draft> {
  const { context, reviewer } = session;
  const remark = await context.prompter().ask('What should be otherwise?');
  if (remark === '') return draft;
  const interrupt = watchInterrupt(() => context.io.warn('Ends once Claude has answered.'));
  try {
    const result = await reviewer.rewrite(draft, remark);
    if (result.ok) context.io.note(`${rewrittenText(draft, result.draft)}.`);
    else context.io.warn(`It stays as it was: ${result.problem}.`);
    return result.ok ? result.draft : draft;
  } finally {
    interrupt.stop();
    session.interrupted = interrupt.pressed();
  }
}
