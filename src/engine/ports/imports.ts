import type { ProspectFacts } from '../model.ts';

/** One row of a CSV file. */
export interface CsvRecord {
  /** Line in the file, from 1, where the record begins. */
  line: number;
  cells: string[];
}

/** A list as it stands in a file, cells untouched. */
export interface CsvList {
  /** As it was typed, or `stdin`. */
  name: string;
  /** A pipe or stdin: it has no folder beside which anything could be written. */
  pipe: boolean;
  encoding: string;
  delimiter: string;
  header: readonly string[];
  /** Bytes, and how many of them have been read. */
  size: number;
  bytesRead(): number;
  /** Once; throws a UserError with the line of a broken row. */
  records(): AsyncIterable<CsvRecord[]>;
  close(): Promise<void>;
}

/** Where refused rows go, to be mended by a person. */
export interface RefusedRows {
  add(row: CsvRecord, reason: string): void;
  /** Puts the file in its place; false when nothing was refused. */
  keep(): boolean;
  drop(): void;
}

/** A row after normalisation: facts of one person, or it would have been refused before. */
export interface NormalisedRow {
  /** Line in the file, from 1, where the record begins. */
  line: number;
  facts: ProspectFacts;
  custom: Record<string, string> | null;
  companyKey: string | null;
  /** Phone and folded name. A person with two numbers is also looked up by the second. */
  phoneKey: string | null;
  otherPhoneKey: string | null;
}

export type RowResult =
  | {
      result: 'new' | 'updated' | 'unchanged';
      prospectId: number;
      /** The row named another person's address as well, or other values than those kept: engine/import/codes.ts. */
      warnings: readonly string[];
    }
  /** Somebody whose data were erased at their request: nothing of the row is kept. */
  | { result: 'erased' };

export interface ImportCounts {
  read: number;
  new: number;
  updated: number;
  unchanged: number;
  refused: Record<string, number>;
  warnings: Record<string, number>;
}

export interface UndoResult {
  removed: number;
  restored: number;
  /** Contacted since, or completed by a later import: kept. */
  kept: number;
}

/** Rows go in chunk by chunk, each chunk one transaction; a failed import is taken back from its own log. */
export interface ImportStore {
  /** With `dryRun` everything happens in one transaction that `finish` rolls back. */
  begin(input: {
    file: string;
    mapping: Record<string, string>;
    now: number;
    dryRun: boolean;
  }): Promise<number>;
  chunk(
    importId: number,
    rows: readonly NormalisedRow[],
    options: { update: boolean; now: number },
  ): Promise<RowResult[]>;
  /** `failed` takes back what the chunks did. How many unsent texts are written anew, since their facts have changed. */
  finish(importId: number, status: 'done' | 'failed', counts: ImportCounts, now: number): Promise<number>;
  /** Refuses an unknown or already undone import with a UserError. */
  undo(importId: number, now: number): Promise<UndoResult>;
  /** As if it had never been, where it has brought and changed nobody; false: it has. */
  forgetEmpty(importId: number): Promise<boolean>;
}
