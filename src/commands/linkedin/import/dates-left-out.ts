import type { ReadFile } from '../../../engine/linkedin/desk.ts';
import { DATE_SKIPS, ROW_SKIPS, type RowSkip } from '../../../engine/linkedin/found.ts';
import { failure } from '../../../errors.ts';
import { printable } from '../../../io.ts';

/**
 * A file of which no row could be dated was misread, and files that have no row at all say nothing: neither is a success.
 * An empty one beside others is: somebody may never have invited anybody.
 * @throws UserError
 */
export function refuseUnread(files: readonly ReadFile[]): void {
  for (const file of files) {
    const left = DATE_SKIPS.flatMap((why) => (file.skipped[why] === undefined ? [] : [leftOut(file, why)]));
    if (left.length > 0 && datable(file) === 0)
      throw failure(
        `${printable(file.name)}: no row could be taken, ${left.join(', ')}: nothing was stored`,
        'hector linkedin import --help',
      );
  }
  if (files.some(({ rows }) => rows > 0)) return;
  const names = files.map(({ name }) => printable(name)).join(', ');
  throw failure(`${names}: no row below the header, nothing to take in`, 'hector linkedin import --help');
}

/** Rows that are not left out for their date, nor for anything else. */
const datable = ({ rows, skipped }: ReadFile): number =>
  rows - Object.values(skipped).reduce((sum, count) => sum + count, 0);

/** `2 without a readable date (lines 3, 5)`. */
export function leftOut({ skipped, lines }: ReadFile, why: RowSkip): string {
  const count = skipped[why] ?? 0;
  const dated = DATE_SKIPS.find((each) => each === why);
  const where = dated === undefined ? '' : ` (${linesIn(lines[dated], count)})`;
  return `${count} ${ROW_SKIPS[why]}${where}`;
}

const linesIn = (lines: readonly number[], count: number): string =>
  `${count === 1 ? 'line' : 'lines'} ${lines.join(', ')}${count > lines.length ? ' …' : ''}`;
