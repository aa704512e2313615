import type { Findings, Judges, VerifyStore } from '../engine/ports/verify.ts';
import type { Check } from '../engine/verify/checks.ts';
import type { Connection } from './connection.ts';
import { examineAfterStop } from './verify/after-stop.ts';
import { examineCalls } from './verify/calls.ts';
import { examineCounters } from './verify/counters.ts';
import { examineFile, examineReferences } from './verify/integrity.ts';
import { examineStuck } from './verify/stuck.ts';

export const createVerifyStore = (connection: Connection): VerifyStore => ({
  examine: async (judges, limit) => readOnly(connection, () => examine(connection, judges, limit)),
});

/** One state of the database for all checks, however long they take; a tick beside them is not held up. */
function readOnly<T>(connection: Connection, body: () => T): T {
  connection.pragma('query_only = ON');
  try {
    return connection.transaction(body).deferred();
  } finally {
    connection.pragma('query_only = OFF');
  }
}

function examine(connection: Connection, judges: Judges, limit: number): Partial<Record<Check, Findings>> {
  const file = examineFile(connection, limit);
  // Rows of a damaged file prove nothing, and reading on may fail anywhere.
  if (file.findings.breaches > 0) return { integrity: file.findings };
  return {
    integrity: examineReferences(connection, file),
    ...examineCalls(connection, judges, limit),
    after_stop: examineAfterStop(connection, limit),
    stuck: examineStuck(connection, limit),
    counters: examineCounters(connection, limit),
  };
}
