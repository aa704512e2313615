import type { Context } from '../../../context.ts';
import type { CsvList } from '../../../engine/ports/imports.ts';

/** Below this a list is read before anybody could look. */
const WORTH_SHOWING_BYTES = 1024 * 1024;

/** One line on a terminal's stderr, rewritten at each hundredth of the file. */
export function progressLine(
  { io, json, quiet }: Context,
  list: CsvList,
): { show(rows: number): void; clear(): void } {
  const shown = io.stderr.isTTY === true && !json && !quiet && list.size > WORTH_SHOWING_BYTES;
  let last = -1;
  return {
    show(rows) {
      const percent = Math.min(100, Math.floor((list.bytesRead() / list.size) * 100));
      if (!shown || percent === last) return;
      last = percent;
      io.stderr.write(`\r${percent} % · ${rows} rows\u001b[K`);
    },
    clear() {
      if (last >= 0) io.stderr.write('\r\u001b[K');
    },
  };
}
