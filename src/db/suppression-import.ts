import type { BlacklistImports, ListedEntry } from '../engine/ports/blacklist.ts';
import type { ListingResult, StoppedCounts } from '../engine/ports/people.ts';
import { type Connection, write } from './connection.ts';
import { countOpen } from './stop.ts';
import { stopEverySuppressed } from './suppression-people.ts';
import { entryWriter } from './suppression-writer.ts';

/** 64 MiB: hashes come in no order, and pages that several chunks write reach the file once. */
const CHECKPOINT_PAGES = 16_000;

export function createBlacklistImports(connection: Connection): BlacklistImports {
  const list = entryWriter(connection);
  const counted = (entries: readonly ListedEntry[]): Record<ListingResult, number> => {
    const counts = { added: 0, renewed: 0, known: 0 };
    for (const { key, by } of entries) counts[list(key, by)] += 1;
    return counts;
  };
  let dryRun = false;
  return {
    async begin(wanted) {
      dryRun = wanted;
      if (dryRun) connection.exec(COPY);
      else connection.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    },
    async chunk(entries) {
      return dryRun
        ? connection.transaction(() => counted(entries)).deferred()
        : write(connection, () => counted(entries));
    },
    async finish(taken, now) {
      try {
        if (!taken) return { matched: null, stopped: { people: 0, enrolments: 0, messages: 0 } };
        return dryRun ? stopEverySuppressed(connection, now, count) : stopEverySuppressed(connection, now);
      } finally {
        if (dryRun) connection.exec('drop table temp.suppression');
      }
    },
  };
}

/**
 * What this connection alone sees in the place of the blacklist, so that a dry run keeps nobody waiting: a name that
 * says no schema is looked for in `temp` first.
 */
const COPY = `create temp table suppression (kind text, value text, reason text, source text, created_at integer,
    expires_at integer, primary key (kind, value));
  insert into temp.suppression select kind, value, reason, source, created_at, expires_at from main.suppression`;

const count = (connection: Connection, prospectIds: readonly number[]): StoppedCounts =>
  countOpen(connection, prospectIds);
