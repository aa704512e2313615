import type { Context } from '../../../context.ts';
import type { Draft } from '../../../engine/ports/review.ts';
import type { PlainText } from '../../../engine/texts/edited-text.ts';
import { UserError } from '../../../errors.ts';
import type { SheetRow } from './read-sheet.ts';
import type { Reviewer } from './reviewer.ts';
import { changedText, hasLostSigns } from './sheet.ts';

/** What became of one row; `edited`: its text was changed, and still waits or was approved. */
export type RowResult =
  | { status: 'approved' | 'rejected' | 'stopped' | 'rewritten' | 'waiting'; edited: boolean }
  | { status: 'bad'; why: string };

export interface RowInput {
  row: SheetRow;
  /** Of the file, as it was found. */
  encoding: string;
  /** Nothing is changed, and Claude is not asked. */
  dryRun: boolean;
}

/** One row of the sheet. What cannot be done is said, and keeps no other row from being done. */
export async function carryOut(context: Context, reviewer: Reviewer, input: RowInput): Promise<RowResult> {
  try {
    return await settle(context, reviewer, input);
  } catch (error) {
    if (error instanceof UserError) return { status: 'bad', why: error.message };
    throw error;
  }
}

async function settle(context: Context, reviewer: Reviewer, input: RowInput): Promise<RowResult> {
  const { row, dryRun } = input;
  const { store } = reviewer;
  // A row without a decision may be of a text that somebody has settled since: nothing was asked.
  const found = row.decision === 'none' ? await store.find(row.messageId).catch(unlessGone) : null;
  if (row.decision === 'none' && found === null) return { status: 'waiting', edited: false };
  const draft = found ?? (await store.find(row.messageId));
  if (draft.fingerprint !== row.fingerprint)
    return row.decision === 'none'
      ? { status: 'waiting', edited: false }
      : { status: 'bad', why: `message ${row.messageId} has another text by now: export it again` };
  const now = context.now();
  switch (row.decision) {
    case 'reject':
      if (!dryRun) await store.reject(draft, row.remark || 'by the operator', now);
      return { status: 'rejected', edited: false };
    case 'stop':
      if (!dryRun) await store.stop(draft, now);
      return { status: 'stopped', edited: false };
    case 'rewrite':
      return rewrite(reviewer, draft, input);
    case 'approve':
    case 'none':
      return takeText(context, reviewer, draft, input);
  }
}

function unlessGone(error: unknown): null {
  if (error instanceof UserError) return null;
  throw error;
}

async function rewrite(reviewer: Reviewer, draft: Draft, { row, dryRun }: RowInput): Promise<RowResult> {
  if (!dryRun) {
    const result = await reviewer.rewrite(draft, row.remark);
    if (!result.ok) return { status: 'bad', why: `stays as it was: ${result.problem}` };
  }
  return { status: 'rewritten', edited: false };
}

/** A changed text is kept; it goes out only with a word that says so. */
async function takeText(
  context: Context,
  reviewer: Reviewer,
  draft: Draft,
  { row, encoding, dryRun }: RowInput,
): Promise<RowResult> {
  const changed = changedText(row, draft);
  let approved = draft;
  if (changed) {
    if (lostSigns(changed, draft, encoding))
      return {
        status: 'bad',
        why: `signs of the text were lost in ${encoding}: save the sheet as CSV UTF-8`,
      };
    const checked = await reviewer.check(draft, changed);
    if (!checked.ok) return { status: 'bad', why: checked.problem };
    if (!dryRun) approved = await reviewer.edit(draft, checked);
  }
  const edited = changed !== null;
  if (row.decision === 'none') return { status: 'waiting', edited };
  const { left } = dryRun ? { left: [] } : await reviewer.store.approve([approved], context.now());
  const [problem] = left;
  return problem ? { status: 'bad', why: problem.why } : { status: 'approved', edited };
}

const lostSigns = (changed: PlainText, draft: Draft, encoding: string): boolean =>
  hasLostSigns(changed.body, draft.body, encoding) ||
  hasLostSigns(changed.subject ?? '', draft.subject ?? '', encoding);
