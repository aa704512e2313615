import type { Findings, Judges, VerifyStore } from '../engine/ports/verify.ts';
import type { Check } from '../engine/verify/checks.ts';
import type { Connection } from './connection.ts';
import { examineAfterStop } from './verify/after-stop.ts';
import { examineCalls } from './verify/calls.ts';
import { examineCounters } from './verify/counters.ts';
import { examineFile, examineReferences } from './verify/integrity.ts';
import { examineStuck } from './verify/stuck.ts';

export const createVerifyStore = (connection: Connection): VerifyStore => ({
  examine: async (judges, limit, progress) =>
    readOnly(connection, () => examine(connection, { judges, limit, progress })),
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

interface Examination {
  judges: Judges;
  limit: number;
  progress: ((done: number, total: number) => void) | undefined;
}

function examine(
  connection: Connection,
  { judges, limit, progress }: Examination,
): Partial<Record<Check, Findings>> {
  const file = examineFile(connection, limit);
  // Rows of a damaged file prove nothing, and reading on may fail anywhere.
  if (file.findings.breaches > 0) return { integrity: file.findings };
  const steps: (() => Partial<Record<Check, Findings>>)[] = [
    () => ({ integrity: examineReferences(connection, file) }),
    () => examineCalls(connection, judges, limit),
    () => ({ after_stop: examineAfterStop(connection, limit) }),
    () => ({ stuck: examineStuck(connection, limit) }),
    () => ({ counters: examineCounters(connection, limit) }),
  ];
  const found: Partial<Record<Check, Findings>> = {};
  for (const [index, step] of steps.entries()) {
    progress?.(index + 1, steps.length + 1);
    Object.assign(found, step());
  }
  return found;
}
