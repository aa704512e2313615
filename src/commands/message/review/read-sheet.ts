import type { CsvList, CsvRecord } from '../../../engine/ports/imports.ts';
import { folded } from '../../../engine/suggest.ts';
import { usageError } from '../../../errors.ts';
import { type Decision, disarmedOff, NEEDED, readDecision, SHEET } from './sheet.ts';

/** One row that can be carried out. */
export interface SheetRow {
  /** In the file, from 1. */
  line: number;
  messageId: number;
  decision: Decision;
  remark: string;
  /** Null: the column has been taken out. */
  subject: string | null;
  text: string | null;
  fingerprint: string;
}

export interface BadRow {
  line: number;
  /** As it stands in the file. */
  id: string;
  why: string;
}

const HEADERS: readonly string[] = SHEET.map(({ header }) => header);

/** Whether a cell is the name of one of our columns, by which the header is told from lines before it. */
export const isSheetHeader = (cell: string): boolean => HEADERS.includes(folded(cell));

type Places = Readonly<Record<string, number>>;

/** Rows in their order, empty ones left out. @throws UserError where a column is missing, with what there is */
export async function* sheetRows(list: CsvList): AsyncGenerator<SheetRow | BadRow> {
  const places = placesOf(list);
  const seen = new Map<number, number>();
  for await (const batch of list.records())
    for (const record of batch) {
      if (record.cells.every((cell) => cell.trim() === '')) continue;
      const row = readRow(record, places);
      if ('why' in row) yield row;
      else {
        const before = seen.get(row.messageId);
        seen.set(row.messageId, before ?? row.line);
        yield before === undefined
          ? row
          : bad(row.line, String(row.messageId), `stands in line ${before} already`);
      }
    }
}

function placesOf({ name, header }: CsvList): Places {
  const places = Object.fromEntries(header.map((cell, place) => [folded(cell), place]));
  const missing = NEEDED.filter((column) => places[column] === undefined);
  if (missing.length > 0)
    throw usageError(
      `${name} has no column ${missing.map((column) => `"${column}"`).join(', ')}: it is no sheet of hector message export`,
      'hector message export --csv --out texts.csv',
    );
  return places;
}

function readRow({ line, cells }: CsvRecord, places: Places): SheetRow | BadRow {
  const cell = (column: string): string => cells[places[column] ?? -1] ?? '';
  const id = cell('id').trim();
  const messageId = /^#?(\d{1,15})$/.exec(id)?.[1];
  if (messageId === undefined) return bad(line, id, `"${id}" is no message number`);
  const decision = readDecision(cell('decision'));
  if (decision === null)
    return bad(
      line,
      id,
      `decision "${cell('decision').trim()}": allowed are approve, reject, skip, rewrite, or nothing`,
    );
  const remark = disarmedOff(cell('remark').trim());
  if (decision === 'rewrite' && remark === '')
    return bad(line, id, 'rewrite needs a remark: what should be otherwise?');
  const ifThere = (column: string): string | null => (places[column] === undefined ? null : cell(column));
  return {
    ...{ line, decision, remark },
    messageId: Number(messageId),
    subject: ifThere('subject'),
    text: ifThere('text'),
    fingerprint: cell('fingerprint').trim(),
  };
}

const bad = (line: number, id: string, why: string): BadRow => ({ line, id, why });
