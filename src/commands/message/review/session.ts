import type { Context } from '../../../context.ts';
import type { Draft, DraftFilter, ReviewStore } from '../../../engine/ports/review.ts';
import { editableText, readEditable } from '../../../engine/texts/edited-text.ts';
import { UserError } from '../../../errors.ts';
import type { Choice } from '../../../io/prompter.ts';
import { personOf, printDraft } from './print.ts';
import { Reviewer } from './reviewer.ts';

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
  approved: number;
  rejected: number;
  stopped: number;
  later: number[];
}

/** Draft by draft, until none is left, `limit` of them are seen, or the person has enough. */
export async function reviewDrafts(
  context: Context,
  store: ReviewStore,
  { filter, limit }: { filter: DraftFilter; limit: number | null },
): Promise<void> {
  const session: Session = {
    ...{ context, approved: 0, rejected: 0, stopped: 0, later: [] },
    reviewer: new Reviewer(context, store),
  };
  for (let seen = 0; limit === null || seen < limit; seen += 1) {
    const [draft] = await store.list(filter, 1, session.later);
    if (!draft) break;
    const left = (await store.count(filter)) - session.later.length;
    if (!(await settle(session, draft, `${left} to go`))) break;
  }
  const { approved, rejected, stopped, later } = session;
  context.io.note(
    `Approved ${approved}, rejected ${rejected}, stopped ${stopped}, left for later ${later.length}.`,
  );
}

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
      if (next === null) return true;
      draft = next;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      context.io.warn(error.message);
      const still = await session.reviewer.store.find(draft.messageId).catch(() => null);
      if (still === null) return true;
      draft = still;
    }
  }
}

/** The draft as it stands then, or null once it is settled or put off. */
async function act(session: Session, draft: Draft, answer: Exclude<Answer, 'quit'>): Promise<Draft | null> {
  const { context, reviewer } = session;
  const { store } = reviewer;
  switch (answer) {
    case 'approve': {
      const { approved, left } = await store.approve([draft], context.now());
      for (const { why } of left) context.io.warn(why);
      session.approved += approved.length;
      return left.length === 0 ? null : store.find(draft.messageId);
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

/** What may not go out is offered again as it was typed. */
async function edited({ context, reviewer }: Session, draft: Draft): Promise<Draft> {
  let text = editableText(draft);
  for (;;) {
    text = await context.prompter().edit('Text', text);
    const typed = readEditable(text, draft);
    if (text.trim() === editableText(draft).trim()) return draft;
    const checked = await reviewer.check(draft, typed);
    if (checked.ok) {
      if (checked.added) context.io.warn('The way out was missing, and has been added.');
      return reviewer.edit(draft, checked);
    }
    context.io.warn(`Not kept: ${checked.problem}.`);
    if (!(await context.prompter().confirm('Edit it again?'))) return draft;
  }
}

async function rewritten({ context, reviewer }: Session, draft: Draft): Promise<Draft> {
  const remark = await context.prompter().ask('What should be otherwise?');
  if (remark === '') return draft;
  const result = await reviewer.rewrite(draft, remark);
  if (result.ok) return result.draft;
  context.io.warn(`It stays as it was: ${result.problem}.`);
  return draft;
}
