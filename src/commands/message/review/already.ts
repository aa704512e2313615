import type { PastDraft } from '../../../engine/ports/review.ts';
import type { SheetRow } from './read-sheet.ts';
import type { Reviewer } from './reviewer.ts';
import { changedText } from './sheet.ts';

/** Whether the row was written from this message: by a text that stands in it or was decided on. */
export const isOfMessage = (past: PastDraft, row: SheetRow, encoding: string): boolean =>
  past.fingerprint === row.fingerprint ||
  past.decisions.some(({ fingerprint }) => fingerprint === row.fingerprint) ||
  (row.text !== null && changedText(row, past, encoding) === null);

/** Whether what the row wants has been done before, by this sheet or by somebody else. */
export async function isDone(
  reviewer: Reviewer,
  past: PastDraft,
  row: SheetRow,
  encoding: string,
): Promise<boolean> {
  const { state, error, decisions } = past;
  switch (row.decision) {
    case 'none':
      return false;
    case 'reject':
      return state === 'skipped' && error?.startsWith('rejected:') === true;
    case 'stop':
      return state === 'cancelled' && error === 'removed';
    case 'rewrite':
      return decisions.some(
        ({ what, fingerprint, reason }) =>
          what === 'rewritten' && fingerprint === row.fingerprint && reason === row.remark,
      );
    case 'approve': {
      const last = decisions.findLast(({ what }) => what === 'approved' || what === 'declined');
      if (state === 'awaiting_approval' || last?.what !== 'approved') return false;
      return saysTheSame(reviewer, past, row, { encoding, approved: last.fingerprint });
    }
  }
}

/** An edit may have been completed since it was typed: by the way out, or by the signs of an SMS. */
async function saysTheSame(
  reviewer: Reviewer,
  past: PastDraft,
  row: SheetRow,
  { encoding, approved }: { encoding: string; approved: string | null },
): Promise<boolean> {
  const changed = changedText(row, past, encoding);
  if (changed === null) return row.text !== null || row.fingerprint === approved;
  const checked = await reviewer.check(past, changed);
  return checked.ok && checked.body === past.body && checked.subject === past.subject;
}
