import type {
  CsvList,
  CsvRecord,
  ImportCounts,
  ImportStore,
  NormalisedRow,
  RefusedRows,
} from '../ports/imports.ts';
import { REFUSALS, type Refusal } from './codes.ts';
import { type ColumnPlan, describePlan } from './columns.ts';
import { rowReader } from './row.ts';

export interface ImportInput {
  list: CsvList;
  plan: ColumnPlan;
  store: ImportStore;
  refused: RefusedRows;
  /** ISO 3166 alpha-2: the country of phones in rows that name none. */
  country: string;
  update: boolean;
  dryRun: boolean;
  /** UTC ms. */
  now: number;
  /** Whether the ids of all people in the file are wanted. */
  wantIds: boolean;
  /** Asked between chunks: a person has pressed ctrl-C. */
  interrupted(): boolean;
  onProgress(read: number): void;
}

export interface ImportOutcome {
  importId: number;
  counts: ImportCounts;
  /** Ascending, each once; empty unless wanted. */
  prospectIds: number[];
  /** The first lines of each reason and warning, for a person to look at. */
  lines: Record<string, number[]>;
  /** Unsent texts whose facts have changed. */
  textsAnew: number;
  /** Whether there is now a file of refused rows. */
  refusedKept: boolean;
}

/** The import stopped half-way; `cause` is why. */
export class ImportStopped extends Error {
  readonly importId: number;
  /** False: what it did is still in the base, and can be undone by its id. */
  readonly takenBack: boolean;

  constructor(importId: number, takenBack: boolean, cause: unknown) {
    super('the import stopped', { cause });
    this.importId = importId;
    this.takenBack = takenBack;
  }
}

/** Causes of ImportStopped that are no errors of the machine. */
export class Interrupted extends Error {}
export class NoRows extends Error {}

/**
 * Reads the list chunk by chunk into the store. Whatever stops it, the rows that went in before are taken back.
 * @throws ImportStopped
 */
export async function runImport(input: ImportInput): Promise<ImportOutcome> {
  const { list, store, refused, dryRun, now } = input;
  const importId = await store.begin({ file: list.name, mapping: describePlan(input.plan), now, dryRun });
  const tally = new Tally();
  try {
    const ids = await importChunks(input, importId, tally);
    if (tally.counts.read === 0) throw new NoRows();
    const refusedKept = !dryRun && refused.keep();
    const textsAnew = await store.finish(importId, 'done', tally.counts, now);
    return { importId, counts: tally.counts, prospectIds: ids, lines: tally.lines, textsAnew, refusedKept };
  } catch (error) {
    throw new ImportStopped(importId, await takeBack(input, importId, tally), error);
  } finally {
    refused.drop();
  }
}

async function takeBack({ store, now }: ImportInput, importId: number, tally: Tally): Promise<boolean> {
  try {
    await store.finish(importId, 'failed', tally.counts, now);
    return true;
  } catch {
    return false;
  }
}

/**
 * A chunk is one transaction. Names and addresses come in no order, so that each transaction writes most pages of
 * each index again: with 1,000 rows that costs more than all the rest. More rows cost memory.
 */
const CHUNK_ROWS = 6_000;

async function importChunks(input: ImportInput, importId: number, tally: Tally): Promise<number[]> {
  const read = rowReader(input.plan, input.country);
  const ids: number[] = [];
  let rows: NormalisedRow[] = [];
  const flush = async (): Promise<void> => {
    if (rows.length > 0) await storeChunk(input, importId, rows, tally, ids);
    rows = [];
    input.onProgress(tally.counts.read);
    if (input.interrupted()) throw new Interrupted();
  };
  for await (const records of input.list.records()) {
    for (const record of records) readRecord(record, read, input, tally, rows);
    if (rows.length >= CHUNK_ROWS) await flush();
  }
  await flush();
  return distinct(ids);
}

async function storeChunk(
  { store, update, now, wantIds }: ImportInput,
  importId: number,
  rows: readonly NormalisedRow[],
  tally: Tally,
  ids: number[],
): Promise<void> {
  const results = await store.chunk(importId, rows, { update, now });
  for (const [index, result] of results.entries()) {
    if (result.result === 'erased') {
      // Not even in the file of refused rows: that would be keeping it.
      tally.refusal('erased', rows[index]?.line ?? 0);
      continue;
    }
    tally.counts[result.result] += 1;
    for (const warning of result.warnings) tally.warning(warning, rows[index]?.line ?? 0);
    if (wantIds) ids.push(result.prospectId);
  }
}

function readRecord(
  record: CsvRecord,
  read: ReturnType<typeof rowReader>,
  { refused, dryRun }: ImportInput,
  tally: Tally,
  rows: NormalisedRow[],
): void {
  const found = read(record);
  if (found.kind === 'blank') return;
  tally.counts.read += 1;
  if (found.kind === 'refused') {
    tally.refusal(found.reason, record.line);
    if (!dryRun) refused.add(record, REFUSALS[found.reason]);
    return;
  }
  for (const warning of found.warnings) tally.warning(warning, record.line);
  rows.push(found.row);
}

/** Counts, and for each reason the first lines it was seen in. */
class Tally {
  readonly counts: ImportCounts = { read: 0, new: 0, updated: 0, unchanged: 0, refused: {}, warnings: {} };
  readonly lines: Record<string, number[]> = {};

  refusal(reason: Refusal, line: number): void {
    this.#add(this.counts.refused, reason, line);
  }

  warning(warning: string, line: number): void {
    this.#add(this.counts.warnings, warning, line);
  }

  #add(counts: Record<string, number>, code: string, line: number): void {
    counts[code] = (counts[code] ?? 0) + 1;
    this.lines[code] ??= [];
    if (this.lines[code].length < 5 && this.lines[code].at(-1) !== line) this.lines[code].push(line);
  }
}

const distinct = (ids: number[]): number[] =>
  ids.sort((left, right) => left - right).filter((id, index) => id !== ids[index - 1]);
