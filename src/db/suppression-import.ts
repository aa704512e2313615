import type { BlacklistImports } from '../engine/ports/blacklist.ts';
import { type Connection, write } from './connection.ts';
import { stopEverySuppressed } from './suppression-people.ts';
import { entryWriter } from './suppression-writer.ts';

/** 64 MiB: hashes come in no order, and pages that several chunks write reach the file once. */
const CHECKPOINT_PAGES = 16_000;

export function createBlacklistImports(connection: Connection): BlacklistImports {
  const list = entryWriter(connection);
  let dryRun = false;
  return {
    async begin(wanted) {
      dryRun = wanted;
      connection.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
      if (dryRun) connection.exec('begin immediate');
    },
    async chunk(entries) {
      return write(connection, () => {
        const counts = { added: 0, renewed: 0, known: 0 };
        for (const { key, by } of entries) counts[list(key, by)] += 1;
        return counts;
      });
    },
    async finish(now) {
      try {
        return stopEverySuppressed(connection, now);
      } finally {
        if (dryRun && connection.inTransaction) connection.exec('rollback');
      }
    },
  };
}
