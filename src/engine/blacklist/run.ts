import type { BlacklistImports, ListedEntry } from '../ports/blacklist.ts';
import type { CsvList, CsvRecord, RefusedRows } from '../ports/imports.ts';
import type { ListingResult, StoppedCounts } from '../ports/people.ts';
import type { ListColumns } from './columns.ts';
import { type ListDefaults, readListRow } from './row.ts';

export interface ListRun {
  list: CsvList;
  columns: ListColumns;
  defaults: ListDefaults;
  store: BlacklistImports;
  refused: RefusedRows;
  dryRun: boolean;
  /** Asked between chunks: a person has pressed ctrl-C. */
  interrupted(): boolean;
  onProgress(read: number): void;
}

export interface ListOutcome {
  /** Rows with something in them. */
  read: number;
  /** Entries. */
  added: number;
  renewed: number;
  known: number;
  /** Rows of which nothing, or not everything, could be taken. */
  refused: number;
  /** By the sentence that says why. */
  reasons: Record<string, number>;
  /** Rows that were taken and should be looked at, by the sentence that says why. */
  warnings: Record<string, number>;
  refusedKept: boolean;
  interrupted: boolean;
  /** People of the base whom the blacklist matches now; null: nothing could be taken, and nobody was looked for. */
  matched: number | null;
  stopped: StoppedCounts;
}

/** Entries in one transaction. */
const CHUNK = 10_000;

/**
 * Takes a list in. What is in stays in, and stops people, even where reading breaks off: taking the list in again
 * goes on from there.
 */
export async function runListImport(run: ListRun): Promise<ListOutcome> {
  const { store, refused, dryRun, defaults } = run;
  await store.begin(dryRun);
  const tally = new Tally();
  let interrupted = false;
  let effect: Pick<ListOutcome, 'matched' | 'stopped'>;
  try {
    interrupted = await takeAll(run, tally);
  } finally {
    const { added, renewed, known } = tally.counts;
    // Also where all is known: an import before may have been killed between its entries and its effect.
    effect = await store.finish(added + renewed + known > 0, defaults.now);
  }
  const refusedKept = !dryRun && !interrupted && refused.keep();
  refused.drop();
  const { reasons, warnings } = tally;
  return { ...tally.counts, reasons, warnings, refusedKept, interrupted, ...effect };
}

/** True when a person broke it off. */
async function takeAll({ list, columns, ...run }: ListRun, tally: Tally): Promise<boolean> {
  let entries: ListedEntry[] = [];
  const flush = async (): Promise<boolean> => {
    if (entries.length > 0) tally.add(await run.store.chunk(entries));
    entries = [];
    run.onProgress(tally.counts.read);
    return run.interrupted();
  };
  for await (const records of recordsOf(list, columns)) {
    for (const record of records) {
      const row = await readListRow(record, columns, run.defaults);
      if (row === null) continue;
      tally.counts.read += 1;
      entries.push(...row.entries);
      if (row.warning !== null) count(tally.warnings, row.warning);
      if (row.problem === null) continue;
      tally.refuse(row.problem);
      if (!run.dryRun) run.refused.add(record, sentence(row.problem, row.entries.length));
    }
    if (entries.length >= CHUNK && (await flush())) return true;
  }
  return flush();
}

const sentence = (problem: string, taken: number): string =>
  taken === 0 ? problem : `${problem} (the rest of the row was taken)`;

async function* recordsOf(list: CsvList, { headless }: ListColumns): AsyncGenerator<CsvRecord[]> {
  if (headless) yield [{ line: 1, cells: [...list.header] }];
  yield* list.records();
}

const count = (counts: Record<string, number>, what: string): void => {
  counts[what] = (counts[what] ?? 0) + 1;
};

class Tally {
  readonly counts = { read: 0, added: 0, renewed: 0, known: 0, refused: 0 };
  readonly reasons: Record<string, number> = {};
  readonly warnings: Record<string, number> = {};

  add(counts: Record<ListingResult, number>): void {
    for (const what of ['added', 'renewed', 'known'] as const) this.counts[what] += counts[what];
  }

  refuse(problem: string): void {
    this.counts.refused += 1;
    count(this.reasons, problem);
  }
}
