import type { FindingsStore, LinkedinFile } from '../ports/linkedin.ts';
import { type Cells, cellReader } from './files.ts';
import { DATE_SKIPS, type DateSkip, type RowSkip, type Seen, type SeenWhat } from './found.ts';

export interface ReadFile {
  name: string;
  kind: LinkedinFile['kind'];
  rows: number;
  skipped: Partial<Record<RowSkip, number>>;
  /** The first lines without a readable date, and of the future. */
  lines: Record<DateSkip, number[]>;
}

export interface DeskInput {
  store: FindingsStore;
  /** The zone in which times without one are read. */
  zone: string;
  /** UTC ms. */
  now: number;
  /** Whether people who are not in the base are told one by one. */
  list: boolean;
  /** Asked between pieces of a file: a person has pressed ctrl-C. */
  interrupted(): boolean;
  onProgress(file: string, rows: number): void;
}

const LINES_SHOWN = 5;
const AT_ONCE = 2_000;

/** What one import has read so far; nothing is stored from here. */
export class Desk {
  readonly input: DeskInput;
  readonly files: ReadFile[] = [];
  readonly seen: Seen[] = [];
  readonly counts: Partial<Record<SeenWhat, number>> = {};
  /** People by profile, null for profiles of nobody; also those whom a connection gave theirs. */
  readonly #slugs = new Map<string, number | null>();
  /** Whoever writes twice is told once. */
  readonly #missed = new Set<string>();

  constructor(input: DeskInput) {
    this.input = input;
  }

  /** The rows of a file, piece by piece. A second reading of the same file is not counted. */
  async *rows<Row extends object>(
    file: LinkedinFile,
    read: (cell: Cells) => Row | { skip: RowSkip },
    again = false,
  ): AsyncGenerator<Row[]> {
    const cellsOf = cellReader(file.header);
    const lines = { bad_date: [], future: [] };
    const told: ReadFile = { name: file.name, kind: file.kind, rows: 0, skipped: {}, lines };
    if (!again) this.files.push(told);
    for await (const records of file.records()) {
      const rows: Row[] = [];
      for (const { line, cells } of records) {
        if (cells.every((cell) => cell.trim() === '')) continue;
        told.rows += 1;
        const row = read(cellsOf(cells));
        if (!('skip' in row)) rows.push(row);
        else skip(told, row.skip, line);
      }
      this.input.onProgress(file.name, told.rows);
      if (this.input.interrupted()) throw new ReadingStopped();
      if (rows.length > 0) yield rows;
    }
  }

  /** A row that was read, and says nothing after all. */
  leaveOut(name: string, why: RowSkip): void {
    const file = this.files.find((each) => each.name === name);
    if (file) file.skipped[why] = (file.skipped[why] ?? 0) + 1;
  }

  see(found: Seen): void {
    this.count(found.what);
    this.seen.push(found);
  }

  /** No news: counted, and told only where everybody is to be named. */
  pass(found: Seen): void {
    if (this.input.list) this.see(found);
    else this.count(found.what);
  }

  /** Somebody who is not in the base: counted, and told only where that is wanted. */
  missed(found: Pick<Seen, 'name' | 'at' | 'detail'>): void {
    const told = this.input.list && !this.#missed.has(found.name);
    if (!told) this.count('unmatched');
    else this.see({ ...found, what: 'unmatched', prospectId: null, candidates: [] });
    if (told) this.#missed.add(found.name);
  }

  count(what: SeenWhat): void {
    this.counts[what] = (this.counts[what] ?? 0) + 1;
  }

  /** Whose profile it is, once `learn` has asked. */
  prospectOf = (slug: string | null): number | null =>
    slug === null ? null : (this.#slugs.get(slug) ?? null);

  /** Asks the base for the profiles that it was not asked for yet. */
  async learn(slugs: Iterable<string>): Promise<void> {
    const fresh = [...new Set(slugs)].filter((slug) => !this.#slugs.has(slug));
    for (let from = 0; from < fresh.length; from += AT_ONCE) {
      const some = fresh.slice(from, from + AT_ONCE);
      const found = await this.input.store.bySlug(some);
      for (const slug of some) this.#slugs.set(slug, found.get(slug) ?? null);
    }
  }

  /** A connection gave somebody their profile. */
  teach(slug: string, prospectId: number): void {
    this.#slugs.set(slug, prospectId);
  }
}

/** The person has pressed ctrl-C. */
export class ReadingStopped extends Error {}

function skip(file: ReadFile, why: RowSkip, line: number): void {
  file.skipped[why] = (file.skipped[why] ?? 0) + 1;
  const dated = DATE_SKIPS.find((each) => each === why);
  const lines = dated === undefined ? null : file.lines[dated];
  if (lines && lines.length < LINES_SHOWN) lines.push(line);
}
