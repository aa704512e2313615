import type { ProspectFacts } from '../model.ts';

/** A row after normalisation: facts of one person, or it would have been refused before. */
export interface NormalisedRow {
  /** Line in the file, from 1, where the record begins. */
  line: number;
  facts: ProspectFacts;
  custom: Record<string, string>;
  companyKey: string | null;
  phoneKey: string | null;
}

export interface RowResult {
  result: 'new' | 'updated' | 'unchanged';
  prospectId: number;
  /** The row named another person's address as well, or other values than those kept. */
  warnings: string[];
}

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
  /** Contacted since: kept. */
  kept: number;
}

/** Rows go in chunk by chunk, each chunk one transaction; a failed import is taken back from its own log. */
export interface ImportStore {
  /** With `dryRun` everything happens in one transaction that `finish` rolls back. */
  begin(input: { file: string; mapping: Record<string, string>; now: number; dryRun: boolean }): Promise<number>;
  chunk(
    importId: number,
    rows: readonly NormalisedRow[],
    options: { update: boolean; now: number },
  ): Promise<RowResult[]>;
  finish(importId: number, status: 'done' | 'failed', counts: ImportCounts, now: number): Promise<void>;
  /** Refuses an unknown or already undone import with a UserError. */
  undo(importId: number, now: number): Promise<UndoResult>;
}
