import { parseColumnMap } from '../../../engine/import/column-map.ts';
import {
  type ColumnMap,
  type ColumnPlan,
  canReach,
  isMessageExport,
  planColumns,
} from '../../../engine/import/columns.ts';
import { fold } from '../../../engine/import/fold.ts';
import { looksLikeHeader } from '../../../engine/import/headers.ts';
import type { CsvList } from '../../../engine/ports/imports.ts';
import { failure, usageError } from '../../../errors.ts';
import { printable } from '../../../io.ts';

/** Also a column named in a --map makes a row a header. */
export function headerRecogniser(maps: readonly string[]): (cell: string) => boolean {
  const named = new Set(maps.map((map) => fold(map.slice(0, Math.max(0, map.lastIndexOf('='))))));
  return (cell) => looksLikeHeader(cell) || (cell.trim() !== '' && named.has(fold(cell)));
}

/** What the columns mean. @throws UserError for a wrong --map, and for a list that could reach nobody. */
export function settlePlan(list: CsvList, texts: readonly string[]): ColumnPlan {
  const maps: ColumnMap[] = [];
  for (const text of texts) {
    const map = parseColumnMap(text, list.header);
    if ('fault' in map)
      throw usageError(printable(map.fault), `hector prospect import ${list.name} --dry-run`);
    maps.push(map);
  }
  const plan = planColumns(list.header, maps);
  if (canReach(plan)) return plan;
  if (isMessageExport(list.header))
    throw failure(
      `${list.name} is LinkedIn's messages.csv, not a list of people: the people are in Connections.csv`,
      'hector prospect import Connections.csv',
    );
  const columns = printable(list.header.slice(0, 12).join(', ')).slice(0, 200);
  throw failure(
    `${list.name}: no column with an e-mail address, a phone number or a LinkedIn profile (columns: ${columns})`,
    `hector prospect import ${list.name} --map 'COLUMN=email'`,
  );
}
