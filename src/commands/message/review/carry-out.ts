import type { Context } from '../../../context.ts';
import type { Draft } from '../../../engine/ports/review.ts';
import type { PlainText } from '../../../engine/texts/edited-text.ts';
import { UserError } from '../../../errors.ts';
import { isDone, isOfMessage } from './already.ts';
import type { SheetRow } from './read-sheet.ts';
import type { Reviewer } from './reviewer.ts';
import { changedText, hasLostSigns } from './sheet.ts';

/** What became of one row. */
type RowResult =
  | {
      status: 'approved' | 'rejected' | 'stopped' | 'rewritten' | 'waiting' | 'already';
      /** Its text was changed, and still waits or was approved. */
      edited: boolean;
      /** Lines of the signature that are not below the changed text any more. */
      gone: readonly string[];
    }
  | { status: 'bad'; why: string };

/** `known`: the row was written from a message of this workspace. */
type CarriedOut = RowResult & { known: boolean };

export interface RowInput {
  row: SheetRow;
  /** Of the file, as it was found. */
  encoding: string;
  /** Nothing is changed, and Claude is not asked. */
  dryRun: boolean;
}

const plainly = (status: Exclude<RowResult['status'], 'bad'>): RowResult => ({
  status,
  edited: false,
  gone: [],
});
const bad = (why: string): RowResult => ({ status: 'bad', why });

/** One row of the sheet. What cannot be done is said, and keeps no other row from being done. */
export async function carryOut(context: Context, reviewer: Reviewer, input: RowInput): Promise<CarriedOut> {
  const { row, encoding } = input;
  const past = await reviewer.store.past(row.messageId);
  const known = past !== null && isOfMessage(past, row, encoding);
  // A row without a decision may be of a text that somebody has settled since: nothing was asked.
  const asked = row.decision !== 'none';
  if (past === null)
    return {
      ...(asked ? bad(`message ${row.messageId} is taken back or unknown`) : plainly('waiting')),
      known,
    };
  try {
    if (await isDone(reviewer, past, row, encoding)) return { ...plainly('already'), known };
    return { ...(await settle(context, reviewer, input)), known };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { ...bad(error.message), known };
  }
}

async function settle(context: Context, reviewer: Reviewer, input: RowInput): Promise<RowResult> {
  const { row, dryRun } = input;
  const { store } = reviewer;
  const asked = row.decision !== 'none';
  const draft = await (asked ? store.find(row.messageId) : store.find(row.messageId).catch(unlessGone));
  if (draft === null) return plainly('waiting');
  if (draft.fingerprint !== row.fingerprint)
    return asked
      ? bad(`message ${row.messageId} has another text by now: export it again`)
      : plainly('waiting');
  const now = context.now();
  switch (row.decision) {
    case 'reject':
      if (!dryRun) await store.reject(draft, row.remark || 'by the operator', now);
      return plainly('rejected');
    case 'stop':
      if (!dryRun) await store.stop(draft, now);
      return plainly('stopped');
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
    if (!result.ok) return bad(`stays as it was: ${result.problem}`);
  }
  return plainly('rewritten');
}

/** A changed text is kept; it goes out only with a word that says so. */
async function takeText(
  context: Context,
  reviewer: Reviewer,
  draft: Draft,
  { row, encoding, dryRun }: RowInput,
): Promise<RowResult> {
  const changed = changedText(row, draft, encoding);
  let approved = draft;
  let gone: readonly string[] = [];
  if (changed) {
    if (lostSigns(changed, draft, encoding))
      return bad(`signs of the text were lost in ${encoding}: save the sheet as CSV UTF-8`);
    const checked = await reviewer.check(draft, changed);
    if (!checked.ok) return bad(checked.problem);
    gone = checked.gone;
    if (!dryRun) approved = await reviewer.edit(draft, checked);
  }
  const edited = changed !== null;
  if (row.decision === 'none') return { status: 'waiting', edited, gone };
  const { left } = dryRun ? { left: [] } : await reviewer.store.approve([approved], context.now());
  const [problem] = left;
  return problem ? bad(problem.why) : { status: 'approved', edited, gone };
}

const lostSigns = (changed: PlainText, draft: Draft, encoding: string): boolean =>
  hasLostSigns(changed.body, draft.body, encoding) ||
  hasLostSigns(changed.subject ?? '', draft.subject ?? '', encoding);
