import type { CsvList, CsvRecord } from '../../../engine/ports/imports.ts';
import { folded } from '../../../engine/suggest.ts';
import { usageError } from '../../../errors.ts';
import { type Decision, disarmedOff, NEEDED, readDecision, SHEET } from './sheet.ts';

/** Where a row stands, and whose it is, as its cells say. */
export interface SheetPlace {
  /** As a spreadsheet counts: the header is row 1. */
  row: number;
  /** Of the file, from 1: a text may have several. */
  line: number;
  /** As it stands in the file. */
  id: string;
  person: string;
}

/** One row that can be carried out. */
export interface SheetRow extends SheetPlace {
  messageId: number;
  decision: Decision;
  remark: string;
  /** Null: the column has been taken out. */
  subject: string | null;
  text: string | null;
  fingerprint: string;
}

export interface BadRow extends SheetPlace {
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
  let number = 1;
  for await (const batch of list.records())
    for (const record of batch) {
      number += 1;
      if (record.cells.every((cell) => cell.trim() === '')) continue;
      const row = readRow(record, places, number);
      if ('why' in row) yield row;
      else {
        const before = seen.get(row.messageId);
        seen.set(row.messageId, before ?? row.row);
        yield before === undefined ? row : { ...placeOf(row), why: `stands in row ${before} already` };
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

function readRow({ line, cells }: CsvRecord, places: Places, row: number): SheetRow | BadRow {
  const cell = (column: string): string => cells[places[column] ?? -1] ?? '';
  const id = cell('id').trim();
  const place: SheetPlace = { row, line, id, person: disarmedOff(cell('person').trim()) };
  const bad = (why: string): BadRow => ({ ...place, why });
  const messageId = /^#?(\d{1,15})$/.exec(id)?.[1];
  if (messageId === undefined) return bad(`"${id}" is no message number`);
  const decision = readDecision(cell('decision'));
  if (decision === null)
    return bad(
      `decision "${cell('decision').trim()}": allowed are approve, reject, skip, rewrite, or nothing`,
    );
  const remark = disarmedOff(cell('remark').trim());
  if (decision === 'rewrite' && remark === '')
    return bad('rewrite needs a remark: what should be otherwise?');
  const ifThere = (column: string): string | null => (places[column] === undefined ? null : cell(column));
  return {
    ...{ ...place, decision, remark },
    messageId: Number(messageId),
    subject: ifThere('subject'),
    text: ifThere('text'),
    fingerprint: cell('fingerprint').trim(),
  };
}

export const placeOf = ({ row, line, id, person }: SheetPlace): SheetPlace => ({ row, line, id, person });
