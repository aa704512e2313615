import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ImportOptions } from '../../src/commands/prospect/import/options.ts';
import { importProspects, undoProspectImport } from '../../src/commands/prospect/import.ts';
import type { Connection } from '../../src/db/connection.ts';
import { type ContextOverrides, testContext } from '../context.ts';

const FIXTURES = join(import.meta.dirname, '..', 'fixtures', 'prospects');

interface ImportSummary {
  import_id: number | null;
  read: number;
  new: number;
  updated: number;
  unchanged: number;
  refused: number;
  refused_reasons: Record<string, number>;
  warnings: Record<string, number>;
  refused_file: string | null;
  [key: string]: unknown;
}

/** A workspace to import into; each call is one run of the command. */
export function importWorkspace() {
  const { context, folder } = testContext();
  return {
    folder,
    /** Writes a list into the workspace folder; its name. */
    file(name: string, content: string | Buffer): string {
      writeFileSync(join(folder, name), content);
      return name;
    },
    fixture(name: string): string {
      copyFileSync(join(FIXTURES, name), join(folder, name));
      return name;
    },
    async import(file: string, options: ImportOptions = {}, overrides: ContextOverrides = {}) {
      const run = testContext({ ...overrides, folder, json: true });
      await importProspects(run.context, file, options);
      const summary: ImportSummary = JSON.parse(run.stdout());
      return { ...summary, exitCode: run.context.exitCode, stderr: run.stderr() };
    },
    async undo(id: number) {
      const run = testContext({ folder, json: true });
      await undoProspectImport(run.context, String(id));
      const result: { removed: number; restored: number; kept: number } = JSON.parse(run.stdout());
      return result;
    },
    connection: (): Promise<Connection> => context.connection(),
    /** Every row of every table an import may touch. */
    async dump(): Promise<unknown> {
      const connection = await context.connection();
      return ['prospect', 'enrolment', 'event', 'message', 'suppression'].map((table) =>
        connection.prepare(`select * from ${table} order by 1`).all(),
      );
    },
    async people(columns: string): Promise<unknown[]> {
      return (await context.connection()).prepare(`select ${columns} from prospect order by id`).all();
    },
  };
}
