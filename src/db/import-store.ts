import type { Statement } from 'better-sqlite3';
import { type Changes, mergePerson } from '../engine/import/merge.ts';
import { PROSPECT_FIELDS, type ProspectField } from '../engine/model.ts';
import type { ImportStore, NormalisedRow, RowResult } from '../engine/ports/imports.ts';
import { type Connection, write } from './connection.ts';
import { erasedRows } from './gdpr/erased-rows.ts';
import { undoImport, undoRows } from './import-undo.ts';
import { liftedNo } from './lifted-no.ts';
import { type PersonRow, readPerson, updatePerson } from './person-row.ts';
import { ChangedPeople } from './wake.ts';

type Merged = ReturnType<typeof mergePerson>;
type Cell = string | number | null;
/** Columns no two people may share. */
type Identity = 'email' | 'linkedin' | 'phone_key';
interface ChunkOptions {
  update: boolean;
  now: number;
}

const ALWAYS = ['custom', 'company_key', 'phone_key', 'import_id', 'created_at', 'updated_at'];

/** 64 MiB: pages that several chunks write reach the file once. The default is 4 MiB. */
const CHECKPOINT_PAGES = 16_000;

/** An insert of the facts that a chunk has at all: binding twenty empty columns costs a quarter of it. */
interface Insert {
  fields: readonly ProspectField[];
  statement: Statement<[Cell[]]>;
  /** One array, written over for each row. */
  values: Cell[];
}

/** Imports into one base. The database itself finds duplicates: a row is inserted, and looked up only if refused. */
export function createImportStore(connection: Connection): ImportStore {
  let dryRun = false;
  let textsAnew = 0;
  const people = new People(connection);
  return {
    async begin(input) {
      dryRun = input.dryRun;
      textsAnew = 0;
      connection.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
      if (dryRun) connection.exec('begin immediate');
      return write(connection, () => beginRun(connection, input));
    },
    async chunk(importId, rows, options) {
      const insert = people.insertFor(rows);
      return write(connection, () => {
        people.beginChunk();
        const erased = erasedRows(connection, rows, options.now);
        const results = rows.map((row): RowResult => {
          if (erased.has(row)) return { result: 'erased' };
          return people.take(importId, row, options, insert);
        });
        textsAnew += people.changed.wake(connection, options.now);
        return results;
      });
    },
    async finish(importId, status, counts, now) {
      if (dryRun) {
        if (connection.inTransaction) connection.exec('rollback');
        return textsAnew;
      }
      write(connection, () => {
        if (status === 'failed') undoRows(connection, importId, now);
        connection
          .prepare<[string, number, string, number]>(
            'update import_run set status = ?, finished_at = ?, counts = ? where id = ?',
          )
          .run(status, now, JSON.stringify(counts), importId);
      });
      return textsAnew;
    },
    async undo(importId, now) {
      return write(connection, () => undoImport(connection, importId, now));
    },
    async forgetEmpty(importId) {
      return write(connection, () => connection.prepare<[number]>(FORGET_EMPTY).run(importId).changes > 0);
    },
  };
}

const FORGET_EMPTY = `delete from import_run where id = ?
  and not exists (select 1 from import_change where import_id = import_run.id)
  and not exists (select 1 from prospect where import_id = import_run.id)`;

function beginRun(connection: Connection, input: Parameters<ImportStore['begin']>[0]): number {
  const { lastInsertRowid } = connection
    .prepare<[string, number, string]>(
      "insert into import_run (file, status, started_at, mapping) values (?, 'running', ?, ?)",
    )
    .run(input.file, input.now, JSON.stringify(input.mapping));
  return Number(lastInsertRowid);
}

/** The statements of one import, prepared once. */
class People {
  readonly #connection: Connection;
  readonly #inserts = new Map<string, Insert>();
  readonly #find: Record<Identity, Statement<[string], { id: number }>>;
  readonly #read: Statement<[number], PersonRow>;
  readonly #log: Statement<[number, number, string, string]>;
  /** Of one chunk: the blacklist may change between two. */
  #lifted: ReturnType<typeof liftedNo> | null = null;
  /** Since they were last looked at. */
  readonly changed = new ChangedPeople();

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#find = {
      email: connection.prepare('select id from prospect where email = ?'),
      linkedin: connection.prepare('select id from prospect where linkedin = ?'),
      phone_key: connection.prepare('select id from prospect where phone_key = ?'),
    };
    this.#read = connection.prepare('select * from prospect where id = ?');
    this.#log = connection.prepare(
      'insert into import_change (import_id, prospect_id, before, after) values (?, ?, ?, ?)',
    );
  }

  beginChunk(): void {
    this.#lifted = null;
  }

  insertFor(rows: readonly NormalisedRow[]): Insert {
    const fields = PROSPECT_FIELDS.filter((field) => rows.some((row) => row.facts[field] !== null));
    const key = fields.join();
    const known = this.#inserts.get(key);
    if (known) return known;
    const columns = [...fields, ...ALWAYS];
    const statement = this.#connection.prepare<[Cell[]]>(
      `insert into prospect (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')}) on conflict do nothing`,
    );
    const insert = { fields, statement, values: new Array<Cell>(columns.length).fill(null) };
    this.#inserts.set(key, insert);
    return insert;
  }

  take(importId: number, row: NormalisedRow, options: ChunkOptions, insert: Insert): RowResult {
    // Known by the second number, of which no index of the row itself would tell.
    const known = row.otherPhoneKey === null ? undefined : this.#idOf('phone_key', row.otherPhoneKey);
    if (known === undefined) {
      const { changes, lastInsertRowid } = insert.statement.run(bound(insert, importId, row, options.now));
      if (changes === 1) return { result: 'new', prospectId: Number(lastInsertRowid), warnings: [] };
    }
    return this.#merge(importId, row, options);
  }

  #idOf(identity: Identity, value: string | null): number | undefined {
    return value === null ? undefined : this.#find[identity].get(value)?.id;
  }

  #merge(importId: number, row: NormalisedRow, { update, now }: ChunkOptions): RowResult {
    const found = [
      this.#idOf('email', row.facts.email),
      this.#idOf('linkedin', row.facts.linkedin),
      this.#idOf('phone_key', row.phoneKey),
      this.#idOf('phone_key', row.otherPhoneKey),
    ].filter((id) => id !== undefined);
    const [id] = found;
    const person = id === undefined ? undefined : this.#read.get(id);
    if (id === undefined || person === undefined) throw new Error(`line ${row.line}: neither new nor known`);
    // Whose the rest of the row is cannot be told, and would depend on the order of rows.
    if (found.some((other) => other !== id))
      return { result: 'unchanged', prospectId: id, warnings: ['matches_two_people'] };
    const { changes, warnings } = this.#merged(person, row, update, now);
    if (!changes) return { result: 'unchanged', prospectId: id, warnings };
    this.#apply(importId, person, changes, now);
    return { result: 'updated', prospectId: id, warnings };
  }

  /** What overwrites an address must not bring anybody back from the blacklist: those stay then, the rest is taken. */
  #merged(person: PersonRow, row: NormalisedRow, update: boolean, now: number): Merged {
    const taken = (key: string): boolean => (this.#idOf('phone_key', key) ?? person.id) !== person.id;
    const stored = readPerson(person);
    const merged = mergePerson(stored, row, { update, taken });
    if (!update || !merged.changes) return merged;
    this.#lifted ??= liftedNo(this.#connection, now);
    if (this.#lifted(person, { ...person, ...merged.changes.after }) === null) return merged;
    const { changes, warnings } = mergePerson(stored, row, { update, taken, addressesStay: true });
    return {
      changes,
      warnings: [...warnings.filter((each) => each !== 'kept_other_value'), 'kept_blacklisted_address'],
    };
  }

  /** Whoever this import created goes as a whole when it is undone: no log for them. */
  #apply(importId: number, person: PersonRow, changes: Changes, now: number): void {
    updatePerson(this.#connection, person, changes.after, now);
    this.changed.add(person.id, Object.keys(changes.after));
    if (person.import_id === importId) return;
    const before = JSON.stringify({ ...changes.before, updated_at: person.updated_at });
    this.#log.run(importId, person.id, before, JSON.stringify({ ...changes.after, updated_at: now }));
  }
}

function bound({ fields, values }: Insert, importId: number, row: NormalisedRow, now: number): Cell[] {
  let place = 0;
  for (const field of fields) values[place++] = row.facts[field];
  values[place++] = row.custom === null ? null : JSON.stringify(row.custom);
  values[place++] = row.companyKey;
  values[place++] = row.phoneKey;
  values[place++] = importId;
  values[place++] = now;
  values[place] = now;
  return values;
}
